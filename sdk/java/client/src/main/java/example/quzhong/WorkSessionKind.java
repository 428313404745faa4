package example.quzhong;

/** What happened to a worker's session; values as in the contract. */
public enum WorkSessionKind {
  ONLINE(example.quzhong.api.events.v1.WorkSessionKind.WORK_SESSION_KIND_ONLINE),
  OFFLINE(example.quzhong.api.events.v1.WorkSessionKind.WORK_SESSION_KIND_OFFLINE),
  BREAK_START(example.quzhong.api.events.v1.WorkSessionKind.WORK_SESSION_KIND_BREAK_START),
  BREAK_END(example.quzhong.api.events.v1.WorkSessionKind.WORK_SESSION_KIND_BREAK_END);

  final example.quzhong.api.events.v1.WorkSessionKind wire;

  WorkSessionKind(example.quzhong.api.events.v1.WorkSessionKind wire) {
    this.wire = wire;
  }
}
