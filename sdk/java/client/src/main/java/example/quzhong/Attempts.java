package example.quzhong;

import java.lang.System.Logger.Level;
import java.time.Duration;

/** The attempts of one call. */
final class Attempts {
  private static final System.Logger LOG = System.getLogger("quzhong");

  private final RetryPolicy policy;
  private final Pacing pacing;
  private final Duration started;
  private int failures;

  Attempts(RetryPolicy policy, Pacing pacing) {
    this.policy = policy;
    this.pacing = pacing;
    this.started = pacing.now();
  }

  /**
   * How long to wait before the next attempt.
   *
   * @throws ApiException the failure itself, if sending the same again cannot help or the policy's
   *     time is over
   */
  Duration waitAfter(ApiException failure) {
    if (!mayPass(failure)) {
      throw failure;
    }
    double bound =
        Math.min(
            policy.max().toNanos(),
            policy.initial().toNanos() * Math.pow(policy.multiplier(), failures));
    Duration wait = failure.retryAfter().plus(pacing.uniform(Duration.ofNanos((long) bound)));
    if (pacing.now().minus(started).plus(wait).compareTo(policy.giveUpAfter()) > 0) {
      throw failure;
    }
    failures++;
    LOG.log(
        Level.WARNING,
        "{0}; sending again in {1} ms, attempt {2}",
        failure.getMessage(),
        wait.toMillis(),
        failures + 1);
    return wait;
  }

  /**
   * Whether the same call may succeed later: if the service is away, or says when to come again.
   * Without RetryInfo RESOURCE_EXHAUSTED is a message that is too large, which stays so.
   */
  private static boolean mayPass(ApiException failure) {
    if (failure.reason().equals(ApiException.TOKEN_ENDPOINT_AWAY)) {
      return false;
    }
    return failure instanceof ApiException.Unavailable
        || (failure instanceof ApiException.ResourceExhausted
            && failure.retryAfter().compareTo(Duration.ZERO) > 0);
  }
}
