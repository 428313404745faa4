package example.quzhong;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Values of rows as they are sent. One event must not differ by the language that sends it. */
final class RowFields {
  private static final long MOST = 0xFFFF_FFFFL;

  private RowFields() {}

  /** Exact to the microsecond, as in every other language. */
  static Timestamp timestamp(Instant moment) {
    int nanos = moment.getNano();
    return Timestamp.newBuilder()
        .setSeconds(moment.getEpochSecond())
        .setNanos(nanos - nanos % 1_000)
        .build();
  }

  /** Exact to the microsecond; seconds and nanoseconds of the wire have one sign. */
  static com.google.protobuf.Duration duration(Duration span) {
    Duration told = span.truncatedTo(ChronoUnit.MICROS);
    boolean mixed = told.isNegative() && told.getNano() > 0;
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(told.getSeconds() + (mixed ? 1 : 0))
        .setNanos(told.getNano() - (mixed ? 1_000_000_000 : 0))
        .build();
  }

  /** The bits of a uint32. */
  static int unsigned(String field, long value) {
    if (value < 0 || value > MOST) {
      throw new IllegalArgumentException("%s: %d; 0–%d can be sent".formatted(field, value, MOST));
    }
    return (int) value;
  }

  static void present(String field, boolean isSet) {
    if (!isSet) {
      throw new IllegalArgumentException(field + ": is not set");
    }
  }

  static void kept(String field, String before, String after) {
    if (!before.equals(after)) {
      throw new IllegalArgumentException(
          field
              + ": every version of an event keeps it; delete the event and send another with a new"
              + " event_id");
    }
  }
}
