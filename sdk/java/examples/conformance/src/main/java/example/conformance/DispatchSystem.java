package example.conformance;

import example.quzhong.api.workhours.v1.AdvisoryKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the script asks of a platform. Implement it over your own dispatch system: each method
 * should go the way that the same thing goes in production.
 */
interface DispatchSystem extends AutoCloseable {
  /**
   * These things happened: hands them in as one batch, and waits for the answer, however often it
   * has to be sent again.
   *
   * @return the reason of each event that was refused, by event id; empty if none was
   */
  Map<String, String> handIn(List<OrderEvent> events);

  /** As {@link #handIn}, of one event of a running stream: without waiting for its answer. */
  void stream(OrderEvent event) throws InterruptedException;

  /** Waits until everything that was streamed has its answer. */
  void settle() throws InterruptedException;

  /** An event was handed in with the wrong distance: hands its next version in. */
  void correctDistance(String eventId, long distanceM);

  /** An event was handed in that never happened: hands its next version in, which says so. */
  void delete(String eventId);

  /**
   * Waits until advice of this kind has come about a worker.
   *
   * @return whether it came in time
   */
  boolean awaitAdvice(String workerId, AdvisoryKind kind, Duration within)
      throws InterruptedException;

  /**
   * Decides to whom an order goes now: to the first who may be given one. That it was offered is
   * handed in by the caller.
   *
   * @param candidates in the order in which the dispatch system would have them
   */
  Optional<String> choose(String orderId, List<String> candidates);

  /**
   * Waits for a warning against the platform, reads it and acknowledges it.
   *
   * @return whether one came in time
   */
  boolean acknowledgeWarning(Duration within) throws InterruptedException;

  /** Hands in what is still there. */
  @Override
  void close();
}
