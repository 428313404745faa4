package example.quzhong;

/** A batch holds rows of one kind. */
public enum RowKind {
  /** Of orders. */
  DISPATCH,
  /** Of workers' sessions. */
  WORK_SESSION
}
