package example.quzhong;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Request ids of one client: its random part and a counter. A client sends a batch under one id for
 * ever; two clients, or two runs of one program, never share an id.
 */
final class RequestIds {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String instance = fresh(8);
  private final AtomicLong last = new AtomicLong();

  /** The next number, from 1. */
  long next() {
    return last.incrementAndGet();
  }

  /** The id with this number. */
  String id(long number) {
    return instance + "-" + number;
  }

  /** So many random bytes in hexadecimal. */
  static String fresh(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
