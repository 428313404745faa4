package example.quzhong;

/**
 * Rows that were answered.
 *
 * @param accepted how many are accepted
 * @param duplicate how many had been accepted before
 * @param rejected how many were not accepted
 */
public record Totals(long accepted, long duplicate, long rejected) {
  static final Totals NONE = new Totals(0, 0, 0);

  /** All of them together. */
  public long sent() {
    return accepted + duplicate + rejected;
  }

  Totals plus(Totals other) {
    return new Totals(
        accepted + other.accepted, duplicate + other.duplicate, rejected + other.rejected);
  }
}
