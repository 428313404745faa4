package example.quzhong;

import com.goterl.lazysodium.SodiumJava;
import com.goterl.lazysodium.utils.LibraryLoader;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The group ristretto255 (RFC 9496), as far as the protocol needs it: libsodium's, through
 * lazysodium.
 *
 * <p>Elements and scalars are their 32 canonical bytes, as on the wire. All arithmetic is the
 * library's; what is here only refuses what must not reach it. Multiplication takes constant time
 * in libsodium; addition of public elements need not.
 */
final class Ristretto255 {
  static final int BYTES = 32;

  /**
   * As many uniform bytes are reduced to a scalar or mapped to an element: what is lost is below
   * 2⁻²⁵⁰.
   */
  static final int UNIFORM_BYTES = 64;

  private static final SodiumJava SODIUM = new SodiumJava(LibraryLoader.Mode.PREFER_BUNDLED);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] IDENTITY = new byte[BYTES];

  private Ristretto255() {}

  /** Bytes that are no element, or no scalar, of the group. Says why, never what they are. */
  static final class EncodingException extends Exception {
    private static final long serialVersionUID = 1;

    EncodingException(String message) {
      super(message);
    }
  }

  /** RFC 9497, DeserializeElement: canonical, of the prime-order group, not the identity. */
  static byte[] element(byte[] encoded) throws EncodingException {
    if (encoded.length != BYTES) {
      throw new EncodingException(
          "%d bytes; an element of ristretto255 has %d".formatted(encoded.length, BYTES));
    }
    if (Arrays.equals(encoded, IDENTITY)) {
      throw new EncodingException("the identity element; every key maps it to itself");
    }
    if (SODIUM.crypto_core_ristretto255_is_valid_point(encoded) != 1) {
      throw new EncodingException("no canonical encoding of an element of ristretto255");
    }
    return encoded;
  }

  /** RFC 9497, DeserializeScalar: below the group's order; zero is allowed. */
  static byte[] scalar(byte[] encoded) throws EncodingException {
    if (encoded.length != BYTES) {
      throw new EncodingException(
          "%d bytes; a scalar of ristretto255 has %d".formatted(encoded.length, BYTES));
    }
    if (!Arrays.equals(reduced(Arrays.copyOf(encoded, UNIFORM_BYTES)), encoded)) {
      throw new EncodingException("not below the group's order");
    }
    return encoded;
  }

  /** 64 bytes, read as a little-endian integer, modulo the group's order. */
  static byte[] reduced(byte[] uniform) {
    byte[] number = new byte[BYTES];
    SODIUM.crypto_core_ristretto255_scalar_reduce(number, uniform);
    return number;
  }

  /** From the machine's secure randomness, not zero. */
  static byte[] randomScalar() {
    byte[] uniform = new byte[UNIFORM_BYTES];
    byte[] number;
    do {
      RANDOM.nextBytes(uniform);
      number = reduced(uniform);
    } while (isZero(number));
    return number;
  }

  /** 64 uniform bytes to an element whose logarithm nobody knows (RFC 9496, one-way map). */
  static byte[] mapped(byte[] uniform) {
    byte[] point = new byte[BYTES];
    must(SODIUM.crypto_core_ristretto255_from_hash(point, uniform));
    return point;
  }

  /**
   * {@code factor · point}; the identity if either is nothing. {@code point} is an element, or the
   * identity.
   */
  static byte[] multiplied(byte[] factor, byte[] point) {
    byte[] product = new byte[BYTES];
    if (isZero(factor) || Arrays.equals(point, IDENTITY)) {
      return product;
    }
    must(SODIUM.crypto_scalarmult_ristretto255(product, factor, point));
    return product;
  }

  /** {@code factor · generator}; the identity for zero. */
  static byte[] multipliedBase(byte[] factor) {
    byte[] product = new byte[BYTES];
    if (!isZero(factor)) {
      must(SODIUM.crypto_scalarmult_ristretto255_base(product, factor));
    }
    return product;
  }

  /** The sum of two elements. */
  static byte[] added(byte[] one, byte[] other) {
    byte[] sum = new byte[BYTES];
    must(SODIUM.crypto_core_ristretto255_add(sum, one, other));
    return sum;
  }

  /** {@code 1 / number} modulo the group's order; {@code number} is not zero. */
  static byte[] inverted(byte[] number) {
    byte[] inverse = new byte[BYTES];
    must(SODIUM.crypto_core_ristretto255_scalar_invert(inverse, number));
    return inverse;
  }

  private static boolean isZero(byte[] scalar) {
    return Arrays.equals(scalar, IDENTITY);
  }

  /** What comes from outside was checked before, so libsodium has no reason to refuse. */
  private static void must(int result) {
    if (result != 0) {
      throw new IllegalStateException(
          "libsodium refused an element or scalar that had been checked");
    }
  }
}
