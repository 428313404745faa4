package example.conformance;

import example.quzhong.Advised;
import example.quzhong.Advisories;
import example.quzhong.AdvisoryWatch;
import example.quzhong.RetryPolicy;
import example.quzhong.api.workhours.v1.Advisory;
import example.quzhong.api.workhours.v1.AdvisoryKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Follows the advice in a thread, and knows what holds for whom. The watch goes on after an outage
 * where it stopped; a platform that restarts stores what holds, and the resume token with it.
 */
final class Advice implements AutoCloseable {
  private final AdvisoryWatch watch;
  private final Thread following = new Thread(this::follow, "advice");

  /** By finding: the latest replaces the earlier ones. A platform forgets one that is CLEARED. */
  private final Map<String, Advisory> standing = new HashMap<>();

  /** Why nothing more is heard; null: it is. */
  private RuntimeException failure;

  Advice(Connection connection) throws IOException {
    watch =
        Advisories.of(connection.address(), connection.byToken())
            .channelCredentials(connection.transport())
            .retry(SimulatedDispatch.RETRY.givingUpAfter(RetryPolicy.FOREVER))
            .watch();
    following.setDaemon(true);
    following.start();
  }

  /**
   * Waits for advice of this kind about a worker; false: it did not come in time.
   *
   * @throws IllegalStateException if the watch has ended by an error
   */
  synchronized boolean await(String workerId, AdvisoryKind kind, Duration within)
      throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (!stands(workerId, kind)) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }

  /**
   * Whether a worker may be given an order.
   *
   * @throws IllegalStateException if the watch has ended by an error: nobody knows then
   */
  synchronized boolean allowsOrder(String workerId, Instant now) {
    checkFollowing();
    return standing.values().stream()
        .noneMatch(each -> each.getWorkerId().equals(workerId) && forbidsOrder(each, now));
  }

  @Override
  public void close() {
    watch.close();
  }

  private boolean stands(String workerId, AdvisoryKind kind) {
    checkFollowing();
    return standing.values().stream()
        .anyMatch(each -> each.getWorkerId().equals(workerId) && each.getKind() == kind);
  }

  private void checkFollowing() {
    if (failure != null) {
      throw new IllegalStateException("advice is not followed any more", failure);
    }
  }

  private static boolean forbidsOrder(Advisory advice, Instant now) {
    return switch (advice.getKind()) {
      case ADVISORY_KIND_LIMIT_REACHED -> true;
      case ADVISORY_KIND_NO_PUSH -> !advice.hasNoPushEndTime() || now.isBefore(noPushEnd(advice));
      default -> false;
    };
  }

  private static Instant noPushEnd(Advisory advice) {
    var end = advice.getNoPushEndTime();
    return Instant.ofEpochSecond(end.getSeconds(), end.getNanos());
  }

  private void follow() {
    try {
      for (Advised each : watch) {
        take(each.advisory());
      }
    } catch (RuntimeException error) {
      fail(error);
    }
  }

  private synchronized void take(Advisory advice) {
    standing.put(advice.getFindingId(), advice);
    notifyAll();
  }

  private synchronized void fail(RuntimeException error) {
    failure = error;
    notifyAll();
  }
}
