package example.quzhong;

import java.util.List;

/**
 * Batches that got no answer, whole: mend the cause and call {@code resend}, or store their rows
 * and add them to another client later (a row that did arrive then counts as a duplicate).
 */
public final class UndeliveredException extends QuzhongException {
  private static final long serialVersionUID = 1;

  private final transient List<Undelivered> batches;

  UndeliveredException(List<Undelivered> batches) {
    super(told(batches));
    this.batches = List.copyOf(batches);
    batches.stream()
        .map(Undelivered::cause)
        .filter(cause -> cause != null)
        .findFirst()
        .ifPresent(this::initCause);
  }

  /** The batches, in the order they were given up. */
  public List<Undelivered> batches() {
    return batches;
  }

  private static String told(List<Undelivered> batches) {
    int rows = 0;
    String cause = "no time was left to send them";
    for (Undelivered each : batches) {
      rows += each.batch().size();
      if (each.cause() != null) {
        cause = each.cause().getMessage();
      }
    }
    return "%d rows in %d batches were given up and are kept: mend the cause and resend; last: %s"
        .formatted(rows, batches.size(), cause);
  }
}
