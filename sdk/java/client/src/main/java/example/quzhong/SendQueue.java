package example.quzhong;

import com.google.protobuf.MessageLite;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where rows wait: open (taking rows) → ready → in flight → answered, or undelivered. A row is in
 * one of these, and counts against {@code queueRows} until it is answered.
 *
 * <p>No threads and no clock: its owner holds a lock and says what time it is.
 */
final class SendQueue {
  /** Rows that the service takes in one call. */
  static final int MOST_ROWS = 5_000;

  private final RequestIds ids;
  private final int batchSize;
  private final Duration linger;
  private final int queueRows;

  private final Map<RowKind, Open> open = new EnumMap<>(RowKind.class);
  private final ArrayDeque<Batch> ready = new ArrayDeque<>();
  private final Map<Long, Batch> inFlight = new HashMap<>();
  private final List<Undelivered> undelivered = new ArrayList<>();
  private int heldRows;

  /** A batch that still takes rows. */
  private record Open(List<MessageLite> rows, Map<String, String> trace, Duration due) {}

  SendQueue(RequestIds ids, int batchSize, Duration linger, int queueRows) {
    if (batchSize < 1 || batchSize > MOST_ROWS) {
      throw new IllegalArgumentException(
          "batchSize: %d; 1–%d are taken".formatted(batchSize, MOST_ROWS));
    }
    if (linger.isNegative()) {
      throw new IllegalArgumentException(
          "linger: %s; a time that is not negative is needed".formatted(linger));
    }
    if (queueRows < batchSize) {
      throw new IllegalArgumentException(
          "queueRows: %d; at least a batch of %d".formatted(queueRows, batchSize));
    }
    this.ids = ids;
    this.batchSize = batchSize;
    this.linger = linger;
    this.queueRows = queueRows;
  }

  /** Whether {@link #add} has to wait. */
  boolean full() {
    return heldRows >= queueRows;
  }

  /** Whether nothing is left to send or to be answered. */
  boolean idle() {
    return open.isEmpty() && ready.isEmpty() && inFlight.isEmpty();
  }

  /**
   * Takes a row; answers whether a sender has something new to look at: a full batch or a new
   * deadline.
   */
  boolean add(RowKind kind, MessageLite row, Supplier<Duration> now) {
    heldRows++;
    Open batch = open.get(kind);
    if (batch == null) {
      batch = new Open(new ArrayList<>(), Tracing.current(), now.get().plus(linger));
      open.put(kind, batch);
    }
    batch.rows.add(row);
    if (batch.rows.size() >= batchSize) {
      seal(kind);
      return true;
    }
    return batch.rows.size() == 1;
  }

  /** What an earlier client could not deliver, to be sent before anything else. */
  void addSpooled(List<Batch> batches) {
    batches.forEach(batch -> heldRows += batch.size());
    ready.addAll(batches);
  }

  /** The next batch to send; it is in flight from then on. Null: none yet. */
  Batch next(Duration now) {
    for (RowKind kind : RowKind.values()) {
      if (open.containsKey(kind) && open.get(kind).due.compareTo(now) <= 0) {
        seal(kind);
      }
    }
    Batch batch = ready.poll();
    if (batch != null) {
      inFlight.put(batch.number, batch);
    }
    return batch;
  }

  /**
   * How long until {@link #next} has something because a batch has lingered long enough; empty: not
   * by itself.
   */
  Optional<Duration> waitFor(Duration now) {
    if (!ready.isEmpty()) {
      return Optional.of(Duration.ZERO);
    }
    return open.values().stream().map(batch -> batch.due.minus(now)).min(Duration::compareTo);
  }

  /** The batch in flight is done. */
  void answered(Batch batch) {
    inFlight.remove(batch.number);
    heldRows -= batch.size();
  }

  /** The batch in flight was given up; it is kept. */
  void failed(Batch batch, RuntimeException cause) {
    inFlight.remove(batch.number);
    undelivered.add(new Undelivered(batch, cause));
  }

  /** Lets open batches linger no more; answers the number up to which batches exist. */
  long seal() {
    for (RowKind kind : RowKind.values()) {
      if (open.containsKey(kind)) {
        seal(kind);
      }
    }
    long number = 0;
    for (Batch batch : ready) {
      number = Math.max(number, batch.number);
    }
    for (long each : inFlight.keySet()) {
      number = Math.max(number, each);
    }
    return number;
  }

  /** Whether no batch up to this number is still to be sent or answered. */
  boolean settled(long number) {
    return ready.stream().noneMatch(batch -> batch.number <= number)
        && inFlight.keySet().stream().noneMatch(each -> each <= number);
  }

  /** Sends again what was given up, each batch under its old request id. */
  void resend() {
    for (int last = undelivered.size() - 1; last >= 0; last--) {
      ready.addFirst(undelivered.get(last).batch());
    }
    undelivered.clear();
  }

  /** Gives up what was never sent. */
  void abandon() {
    seal();
    ready.forEach(batch -> undelivered.add(new Undelivered(batch, null)));
    ready.clear();
  }

  /** Whether a batch was given up. */
  boolean anyUndelivered() {
    return !undelivered.isEmpty();
  }

  List<Undelivered> undelivered() {
    return List.copyOf(undelivered);
  }

  private void seal(RowKind kind) {
    Open sealed = open.remove(kind);
    long number = ids.next();
    ready.add(new Batch(kind, number, ids.id(number), sealed.rows, sealed.trace));
  }
}
