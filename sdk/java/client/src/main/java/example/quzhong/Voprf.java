package example.quzhong;

import example.quzhong.Ristretto255.EncodingException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Oblivious pseudorandom function in verifiable mode: RFC 9497, VOPRF(ristretto255, SHA-512), the
 * side of who holds the input.
 *
 * <pre>
 * owner of the input                              holder of the key
 * Blinding blinding = blind(input)
 *                   ── blinding.element ─────▶
 *                   ◀── evaluated, proof ─────
 * outputs = finalized([blinding], evaluated, proof, publicKey)
 * </pre>
 */
final class Voprf {
  /**
   * In front of every hash, so that no other mode, suite or version of the protocol gets the same
   * ones.
   */
  private static final byte[] CONTEXT = ascii("OPRFV1-\u0001-ristretto255-SHA512");

  private static final byte[] TO_GROUP = joined(ascii("HashToGroup-"), CONTEXT);
  private static final byte[] TO_SCALAR = joined(ascii("HashToScalar-"), CONTEXT);

  /** SHA-512's input block (RFC 9380, s_in_bytes). */
  private static final int BLOCK_BYTES = 128;

  /** Challenge, then response. */
  private static final int PROOF_BYTES = 2 * Ristretto255.BYTES;

  private Voprf() {}

  /**
   * An input on its way. {@code element} is uniformly random: it tells nothing of the input without
   * {@code factor}.
   *
   * @param value the input; stays here
   * @param factor used once; stays here
   * @param element what is sent
   */
  record Blinding(byte[] value, byte[] factor, byte[] element) {
    /** Neither input nor blind: neither may get into a log by accident. */
    @Override
    public String toString() {
      return "Blinding(…)";
    }
  }

  /** RFC 9497, Blind, with fresh secure randomness. */
  static Blinding blind(byte[] value) {
    return blind(value, Ristretto255.randomScalar());
  }

  /** For test vectors only: a factor is never used twice. */
  static Blinding blind(byte[] value, byte[] factor) {
    byte[] point = Ristretto255.mapped(expanded(value, TO_GROUP));
    return new Blinding(value, factor, Ristretto255.multiplied(factor, point));
  }

  /**
   * RFC 9497, Finalize: verify, take the blinding away, hash. 64 bytes for each, in their order.
   *
   * @throws EncodingException if anything of it is not what the holder of the public key's key
   *     would have answered
   */
  static List<byte[]> finalized(
      List<Blinding> blindings, List<byte[]> evaluated, byte[] proof, byte[] publicKey)
      throws EncodingException {
    Ristretto255.element(publicKey);
    for (byte[] point : evaluated) {
      Ristretto255.element(point);
    }
    if (!verified(
        publicKey, blindings.stream().map(Blinding::element).toList(), evaluated, proof)) {
      throw new EncodingException("the proof does not fit the key, the question and the answer");
    }
    List<byte[]> outputs = new ArrayList<>();
    for (int place = 0; place < blindings.size(); place++) {
      Blinding each = blindings.get(place);
      byte[] unblinded =
          Ristretto255.multiplied(Ristretto255.inverted(each.factor), evaluated.get(place));
      outputs.add(sha512(framed(each.value), framed(unblinded), ascii("Finalize")));
    }
    return outputs;
  }

  /**
   * RFC 9497, VerifyProof: that all were evaluated with the key of the public key. The elements
   * have been checked; the proof may be anything.
   */
  private static boolean verified(
      byte[] publicKey, List<byte[]> blinded, List<byte[]> evaluated, byte[] proof)
      throws EncodingException {
    if (proof.length != PROOF_BYTES || blinded.size() != evaluated.size() || blinded.isEmpty()) {
      return false;
    }
    byte[] challenge = Ristretto255.scalar(Arrays.copyOf(proof, Ristretto255.BYTES));
    byte[] response =
        Ristretto255.scalar(Arrays.copyOfRange(proof, Ristretto255.BYTES, PROOF_BYTES));
    List<byte[]> weights = weights(publicKey, blinded, evaluated);
    byte[] blindedSum = weightedSum(weights, blinded);
    byte[] evaluatedSum = weightedSum(weights, evaluated);
    byte[] first =
        Ristretto255.added(
            Ristretto255.multipliedBase(response), Ristretto255.multiplied(challenge, publicKey));
    byte[] second =
        Ristretto255.added(
            Ristretto255.multiplied(response, blindedSum),
            Ristretto255.multiplied(challenge, evaluatedSum));
    byte[] expected = challenge(publicKey, blindedSum, evaluatedSum, first, second);
    return MessageDigest.isEqual(challenge, expected);
  }

  static byte[] challenge(byte[]... elements) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] element : elements) {
      all.writeBytes(framed(element));
    }
    all.writeBytes(ascii("Challenge"));
    return hashToScalar(all.toByteArray());
  }

  /** RFC 9497, ComputeComposites: a factor for each pair that nobody can choose. */
  static List<byte[]> weights(byte[] publicKey, List<byte[]> blinded, List<byte[]> evaluated) {
    byte[] seed = framed(sha512(framed(publicKey), framed(joined(ascii("Seed-"), CONTEXT))));
    List<byte[]> weights = new ArrayList<>();
    for (int place = 0; place < blinded.size(); place++) {
      byte[] pair = joined(framed(blinded.get(place)), framed(evaluated.get(place)));
      weights.add(hashToScalar(joined(seed, twoBytes(place), pair, ascii("Composite"))));
    }
    return weights;
  }

  static byte[] weightedSum(List<byte[]> weights, List<byte[]> elements) {
    byte[] sum = new byte[Ristretto255.BYTES];
    for (int place = 0; place < weights.size(); place++) {
      sum =
          Ristretto255.added(sum, Ristretto255.multiplied(weights.get(place), elements.get(place)));
    }
    return sum;
  }

  static byte[] hashToScalar(byte[] value) {
    return Ristretto255.reduced(expanded(value, TO_SCALAR));
  }

  /** RFC 9380, expand_message_xmd with SHA-512, for 64 bytes: exactly one block of output. */
  private static byte[] expanded(byte[] value, byte[] tag) {
    byte[] ending = joined(tag, new byte[] {(byte) tag.length});
    byte[] length = twoBytes(Ristretto255.UNIFORM_BYTES);
    byte[] first = sha512(new byte[BLOCK_BYTES], value, length, new byte[] {0}, ending);
    return sha512(first, new byte[] {1}, ending);
  }

  /**
   * The value behind its length in two bytes, so that what is hashed can be cut in one way only.
   */
  private static byte[] framed(byte[] value) {
    return joined(twoBytes(value.length), value);
  }

  private static byte[] twoBytes(int number) {
    return new byte[] {(byte) (number >> 8), (byte) number};
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] sha512(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing); // every JDK has it
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
