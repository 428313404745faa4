package example.quzhong;

/** What happened to an order; values as in the contract. */
public enum DispatchKind {
  /** The order was pushed to the worker. */
  OFFERED(example.quzhong.api.events.v1.DispatchKind.DISPATCH_KIND_OFFERED),
  /** The worker took it: order time begins. */
  ACCEPTED(example.quzhong.api.events.v1.DispatchKind.DISPATCH_KIND_ACCEPTED),
  /** The worker declined it. */
  REJECTED(example.quzhong.api.events.v1.DispatchKind.DISPATCH_KIND_REJECTED),
  /** The goods, or the passenger, are on board. */
  PICKED_UP(example.quzhong.api.events.v1.DispatchKind.DISPATCH_KIND_PICKED_UP),
  /** Handed over, or billing ended: order time ends. */
  COMPLETED(example.quzhong.api.events.v1.DispatchKind.DISPATCH_KIND_COMPLETED),
  /** The order ended without completion, by whoever: order time ends. */
  CANCELLED(example.quzhong.api.events.v1.DispatchKind.DISPATCH_KIND_CANCELLED),
  /**
   * A customer complained about how the worker did the order; says nothing of when work began or
   * ended.
   */
  COMPLAINED(example.quzhong.api.events.v1.DispatchKind.DISPATCH_KIND_COMPLAINED);

  final example.quzhong.api.events.v1.DispatchKind wire;

  DispatchKind(example.quzhong.api.events.v1.DispatchKind wire) {
    this.wire = wire;
  }
}
