package example.quzhong;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.goterl.lazysodium.SodiumJava;
import example.quzhong.api.registry.v1.EvaluatePseudonymsRequest;
import example.quzhong.api.registry.v1.EvaluatePseudonymsResponse;
import example.quzhong.api.registry.v1.GetPseudonymKeysRequest;
import example.quzhong.api.registry.v1.GetPseudonymKeysResponse;
import example.quzhong.api.registry.v1.LinkPseudonymsRequest;
import example.quzhong.api.registry.v1.LinkPseudonymsResponse;
import example.quzhong.api.registry.v1.PseudonymKey;
import example.quzhong.api.registry.v1.PseudonymServiceGrpc;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/** Answers as the registry does, with keys of its own. */
final class Evaluator extends PseudonymServiceGrpc.PseudonymServiceImplBase {
  private static final SodiumJava SODIUM = new SodiumJava();

  /** By version; each begins with its number in seconds of 1970. */
  final Map<Integer, byte[]> keys = new TreeMap<>();

  /** Elements of each call. */
  final List<Integer> asked = new ArrayList<>();

  final List<LinkPseudonymsRequest> linked = new ArrayList<>();
  final Queue<StatusRuntimeException> script = new ArrayDeque<>();

  static byte[] key(int seed) {
    byte[] uniform = new byte[Ristretto255.UNIFORM_BYTES];
    uniform[0] = (byte) seed;
    return Ristretto255.reduced(uniform);
  }

  static ByteString publicKey(byte[] key) {
    return ByteString.copyFrom(Ristretto255.multipliedBase(key));
  }

  @Override
  public void getPseudonymKeys(
      GetPseudonymKeysRequest request, StreamObserver<GetPseudonymKeysResponse> answer) {
    GetPseudonymKeysResponse.Builder told = GetPseudonymKeysResponse.newBuilder();
    keys.forEach(
        (version, key) ->
            told.addKeys(
                PseudonymKey.newBuilder()
                    .setKeyVersion(version)
                    .setPublicKey(publicKey(key))
                    .setNotBefore(Timestamp.newBuilder().setSeconds(version))));
    answer.onNext(told.build());
    answer.onCompleted();
  }

  @Override
  public synchronized void evaluatePseudonyms(
      EvaluatePseudonymsRequest request, StreamObserver<EvaluatePseudonymsResponse> answer) {
    asked.add(request.getBlindedElementsCount());
    if (!script.isEmpty()) {
      answer.onError(script.remove());
      return;
    }
    byte[] key = keys.get(request.getKeyVersion());
    List<byte[]> blinded =
        request.getBlindedElementsList().stream().map(ByteString::toByteArray).toList();
    List<byte[]> evaluated =
        blinded.stream().map(point -> Ristretto255.multiplied(key, point)).toList();
    EvaluatePseudonymsResponse.Builder told =
        EvaluatePseudonymsResponse.newBuilder()
            .setKeyVersion(request.getKeyVersion())
            .setPublicKey(publicKey(key))
            .setProof(ByteString.copyFrom(proof(key, blinded, evaluated)));
    evaluated.forEach(point -> told.addEvaluatedElements(ByteString.copyFrom(point)));
    answer.onNext(told.build());
    answer.onCompleted();
  }

  @Override
  public void linkPseudonyms(
      LinkPseudonymsRequest request, StreamObserver<LinkPseudonymsResponse> answer) {
    linked.add(request);
    answer.onNext(LinkPseudonymsResponse.newBuilder().addContradicting(1).build());
    answer.onCompleted();
  }

  /** RFC 9497, GenerateProof. */
  private static byte[] proof(byte[] key, List<byte[]> blinded, List<byte[]> evaluated) {
    byte[] publicKey = Ristretto255.multipliedBase(key);
    byte[] nonce = Ristretto255.randomScalar();
    byte[] blindedSum = Voprf.weightedSum(Voprf.weights(publicKey, blinded, evaluated), blinded);
    byte[] challenge =
        Voprf.challenge(
            publicKey,
            blindedSum,
            Ristretto255.multiplied(key, blindedSum),
            Ristretto255.multipliedBase(nonce),
            Ristretto255.multiplied(nonce, blindedSum));
    byte[] product = new byte[Ristretto255.BYTES];
    SODIUM.crypto_core_ristretto255_scalar_mul(product, challenge, key);
    byte[] response = new byte[Ristretto255.BYTES];
    SODIUM.crypto_core_ristretto255_scalar_sub(response, nonce, product);
    return ByteBuffer.allocate(2 * Ristretto255.BYTES).put(challenge).put(response).array();
  }
}
