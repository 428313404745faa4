package example.quzhong;

import example.quzhong.api.intake.v1.RowVerdict;

/** What became of a row. */
public enum Verdict {
  /** It counts. */
  ACCEPTED,
  /** The same version of the event was accepted before; nothing changes. */
  DUPLICATE,
  /** Kept by the service with its reason. */
  REJECTED,
  /** Something this client is too old to know. */
  UNKNOWN;

  static Verdict of(RowVerdict wire) {
    return switch (wire) {
      case ROW_VERDICT_ACCEPTED -> ACCEPTED;
      case ROW_VERDICT_DUPLICATE -> DUPLICATE;
      case ROW_VERDICT_REJECTED -> REJECTED;
      default -> UNKNOWN;
    };
  }
}
