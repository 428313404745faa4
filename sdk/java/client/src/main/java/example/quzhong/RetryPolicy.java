package example.quzhong;

import java.time.Duration;

/**
 * Exponential backoff with full jitter: the n-th wait is drawn from 0 to {@code min(max, initial ·
 * multiplierⁿ)}.
 *
 * <p>Full jitter spreads the clients of a city that all lost the same server at the same moment.
 * What the server asks for in RetryInfo is added in front: nobody comes back earlier than asked.
 *
 * @param initial upper bound of the first wait
 * @param multiplier by how much the bound grows from one wait to the next
 * @param max upper bound of any wait
 * @param giveUpAfter a call is not sent again later than this after its first attempt; what is
 *     given up is kept ({@link UndeliveredException})
 */
public record RetryPolicy(Duration initial, double multiplier, Duration max, Duration giveUpAfter) {
  /** Outlives any outage. */
  public static final Duration FOREVER = Duration.ofDays(365_000);

  /** What every other language begins with. Five minutes outlast a deployment. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(Duration.ofMillis(100), 2, Duration.ofSeconds(10), Duration.ofMinutes(5));

  /** Throws {@link IllegalArgumentException} if this is no policy. */
  public RetryPolicy {
    boolean bounds = initial.compareTo(Duration.ZERO) > 0 && initial.compareTo(max) <= 0;
    if (!bounds || !(multiplier >= 1) || giveUpAfter.isNegative()) {
      throw new IllegalArgumentException(
          "retry: not a policy: initial %s, multiplier %s, max %s, give up after %s"
              .formatted(initial, multiplier, max, giveUpAfter));
    }
  }

  /** The same with another end. */
  public RetryPolicy givingUpAfter(Duration span) {
    return new RetryPolicy(initial, multiplier, max, span);
  }
}
