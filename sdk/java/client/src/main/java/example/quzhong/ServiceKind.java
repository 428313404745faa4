package example.quzhong;

/** What is delivered; values as in the contract. */
public enum ServiceKind {
  FOOD_DELIVERY(example.quzhong.api.events.v1.ServiceKind.SERVICE_KIND_FOOD_DELIVERY),
  RIDE_HAILING(example.quzhong.api.events.v1.ServiceKind.SERVICE_KIND_RIDE_HAILING),
  PARCEL(example.quzhong.api.events.v1.ServiceKind.SERVICE_KIND_PARCEL);

  final example.quzhong.api.events.v1.ServiceKind wire;

  ServiceKind(example.quzhong.api.events.v1.ServiceKind wire) {
    this.wire = wire;
  }
}
