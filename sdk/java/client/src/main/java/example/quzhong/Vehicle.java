package example.quzhong;

/** What the order is carried with; it decides the lawful speed. Values as in the contract. */
public enum Vehicle {
  E_BIKE(example.quzhong.api.events.v1.Vehicle.VEHICLE_E_BIKE),
  MOTORCYCLE(example.quzhong.api.events.v1.Vehicle.VEHICLE_MOTORCYCLE),
  CAR(example.quzhong.api.events.v1.Vehicle.VEHICLE_CAR),
  BICYCLE(example.quzhong.api.events.v1.Vehicle.VEHICLE_BICYCLE),
  WALK(example.quzhong.api.events.v1.Vehicle.VEHICLE_WALK);

  final example.quzhong.api.events.v1.Vehicle wire;

  Vehicle(example.quzhong.api.events.v1.Vehicle wire) {
    this.wire = wire;
  }
}
