package example.quzhong;

import com.google.protobuf.ByteString;
import example.quzhong.Ristretto255.EncodingException;
import example.quzhong.api.registry.v1.EvaluatePseudonymsRequest;
import example.quzhong.api.registry.v1.EvaluatePseudonymsResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Some identities, on their way to the registry and back. Used once. */
final class EvaluationRound {
  /** Elements of one request, as the contract says. */
  static final int MOST_ELEMENTS = 500;

  /**
   * Of the 64 bytes of an output: 144 bits are 24 characters without padding; a collision among 10⁹
   * workers has a chance below 10⁻²⁵.
   */
  private static final int PSEUDONYM_BYTES = 18;

  private final PseudonymKey key;
  private final List<String> texts;
  private final List<Voprf.Blinding> blindings;

  private EvaluationRound(PseudonymKey key, List<String> texts, List<Voprf.Blinding> blindings) {
    this.key = key;
    this.texts = texts;
    this.blindings = blindings;
  }

  /**
   * Blinds texts as {@link Identities#canonical} makes them; at least one. What is sent does not
   * tell who they are.
   */
  static EvaluationRound of(PseudonymKey key, List<String> texts) {
    try {
      Ristretto255.element(key.publicKey().toByteArray());
    } catch (EncodingException error) {
      throw new PseudonymException.EvaluationRefused(
          "the registry's public key: " + error.getMessage());
    }
    List<Voprf.Blinding> blindings =
        texts.stream().map(text -> Voprf.blind(text.getBytes(StandardCharsets.UTF_8))).toList();
    return new EvaluationRound(key, texts, blindings);
  }

  EvaluatePseudonymsRequest request() {
    EvaluatePseudonymsRequest.Builder request =
        EvaluatePseudonymsRequest.newBuilder().setKeyVersion(key.version());
    blindings.forEach(each -> request.addBlindedElements(ByteString.copyFrom(each.element())));
    return request.build();
  }

  /** Verifies the answer and takes the blinding away: text → pseudonym. */
  Map<String, String> pseudonyms(EvaluatePseudonymsResponse answer) {
    if (answer.getKeyVersion() != key.version() || !answer.getPublicKey().equals(key.publicKey())) {
      throw new PseudonymException.EvaluationRefused(
          "the registry answered under another key than version %d".formatted(key.version()));
    }
    List<byte[]> evaluated =
        answer.getEvaluatedElementsList().stream().map(ByteString::toByteArray).toList();
    List<byte[]> outputs =
        outputs(
            blindings, evaluated, answer.getProof().toByteArray(), key.publicKey().toByteArray());
    Map<String, String> made = new HashMap<>();
    for (int place = 0; place < texts.size(); place++) {
      made.put(texts.get(place), pseudonym(outputs.get(place)));
    }
    return made;
  }

  /** Of 64 bytes each. */
  static List<byte[]> outputs(
      List<Voprf.Blinding> blindings, List<byte[]> evaluated, byte[] proof, byte[] publicKey) {
    try {
      return Voprf.finalized(blindings, evaluated, proof, publicKey);
    } catch (EncodingException error) {
      throw new PseudonymException.EvaluationRefused(
          "the registry's answer: " + error.getMessage() + "; nothing of it was used");
    }
  }

  static String pseudonym(byte[] output) {
    return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(output, PSEUDONYM_BYTES));
  }
}
