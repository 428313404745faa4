package example.quzhong;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Where time and chance come from; tests script them. */
interface Pacing {
  /** Since some moment in the past; never goes back. */
  Duration now();

  /** A span from 0 to the bound. */
  Duration uniform(Duration bound);

  /** The machine's. */
  Pacing REAL =
      new Pacing() {
        @Override
        public Duration now() {
          return Duration.ofNanos(System.nanoTime());
        }

        @Override
        public Duration uniform(Duration bound) {
          return Duration.ofNanos(
              (long) (ThreadLocalRandom.current().nextDouble() * bound.toNanos()));
        }
      };
}
