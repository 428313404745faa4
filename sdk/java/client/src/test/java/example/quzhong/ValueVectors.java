package example.quzhong;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the client makes of vectors that need no server. */
final class ValueVectors {
  private ValueVectors() {}

  static Duration seconds(JsonNode value) {
    return Duration.ofNanos(Math.round(value.asDouble() * 1e9));
  }

  static double seconds(Duration span) {
    return span.toNanos() / 1e9;
  }

  /** Time and chance of a script. */
  static final class Scripted implements Pacing {
    Duration now = Duration.ZERO;
    private final double share;

    Scripted(double share) {
      this.share = share;
    }

    @Override
    public Duration now() {
      return now;
    }

    @Override
    public Duration uniform(Duration bound) {
      return Duration.ofNanos(Math.round(share * bound.toNanos()));
    }
  }

  static Object identity(JsonNode given) {
    try {
      return Map.of("canonical", Identities.canonical(given.get("identity").asText()));
    } catch (IdentityException refused) {
      return Map.of("reason", refused.reason(), "position", refused.position());
    }
  }

  static Object error(JsonNode given) throws Exception {
    byte[] details = Base64.getDecoder().decode(given.get("status_details").asText());
    com.google.rpc.Status wire =
        com.google.rpc.Status.parseFrom(details).toBuilder()
            .setCode(Status.Code.valueOf(given.get("code").asText()).value())
            .setMessage(given.get("message").asText())
            .build();
    ApiException failure = ApiException.fromRpcError(StatusProto.toStatusRuntimeException(wire));
    boolean again = true;
    try {
      new Attempts(RetryPolicy.DEFAULT, new Scripted(0)).waitAfter(failure);
    } catch (ApiException givenUp) {
      again = false;
    }
    Map<String, Object> told = new HashMap<>();
    told.put("kind", failure.kind());
    told.put("code", failure.code().name());
    told.put("reason", failure.reason());
    told.put("field", failure.field());
    told.put("message", failure.text());
    told.put("zh", failure.zh());
    told.put("metadata", failure.metadata());
    told.put("retry_after_s", seconds(failure.retryAfter()));
    told.put("sent_again", again);
    return told;
  }

  static Object retries(JsonNode given) {
    JsonNode policy = given.get("policy");
    Scripted pacing = new Scripted(given.get("share").asDouble());
    Attempts tried =
        new Attempts(
            new RetryPolicy(
                seconds(policy.get("initial_s")),
                policy.get("multiplier").asDouble(),
                seconds(policy.get("max_s")),
                seconds(policy.get("give_up_after_s"))),
            pacing);
    List<Double> waits = new ArrayList<>();
    for (JsonNode each : given.get("failures")) {
      pacing.now = seconds(each.get("at"));
      ApiException failure =
          ApiException.of(
              Status.Code.valueOf(each.get("code").asText()),
              new ApiException.Told(
                  each.path("reason").asText(""),
                  "",
                  "no",
                  "no",
                  Map.of(),
                  seconds(each.get("retry_after_s"))));
      try {
        waits.add(seconds(tried.waitAfter(failure)));
      } catch (ApiException givenUp) {
        waits.add(null);
        break;
      }
    }
    Map<String, Object> told = new HashMap<>();
    told.put("waits_s", waits);
    return told;
  }

  static Object oprf(JsonNode given) {
    List<Voprf.Blinding> blindings = new ArrayList<>();
    List<byte[]> inputs = unhexedAll(given.get("inputs"));
    List<byte[]> blinds = unhexedAll(given.get("blinds"));
    for (int place = 0; place < inputs.size(); place++) {
      blindings.add(Voprf.blind(inputs.get(place), blinds.get(place)));
    }
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("blinded", hexed(blindings.stream().map(Voprf.Blinding::element).toList()));
    byte[] publicKey = unhexed(given.get("public_key"));
    try {
      // A key that is none is refused before anything is sent.
      EvaluationRound.of(
          new PseudonymKey(1, ByteString.copyFrom(publicKey), Instant.EPOCH, null), List.of("x"));
      List<byte[]> outputs =
          EvaluationRound.outputs(
              blindings,
              unhexedAll(given.get("evaluated")),
              unhexed(given.get("proof")),
              publicKey);
      told.put("outputs", hexed(outputs));
      told.put("pseudonyms", outputs.stream().map(EvaluationRound::pseudonym).toList());
    } catch (PseudonymException.EvaluationRefused refused) {
      told.put("refused", true);
    }
    return told;
  }

  private static byte[] unhexed(JsonNode text) {
    return HexFormat.of().parseHex(text.asText());
  }

  private static List<byte[]> unhexedAll(JsonNode texts) {
    return texts.valueStream().map(ValueVectors::unhexed).toList();
  }

  private static List<String> hexed(List<byte[]> values) {
    return values.stream().map(HexFormat.of()::formatHex).toList();
  }

  static Object batch(JsonNode given) {
    boolean dispatches = given.get("kind").asText().equals("dispatch");
    List<MessageLite> rows = new ArrayList<>();
    for (JsonNode each : given.get("rows")) {
      if (dispatches) {
        DispatchRow row = RowJson.dispatch(each);
        rows.add(row.toMessage(given.get("pseudonyms").get(row.identity()).asText()));
      } else {
        WorkSessionRow row = RowJson.workSession(each);
        rows.add(row.toMessage(given.get("pseudonyms").get(row.identity()).asText()));
      }
    }
    RowKind kind = dispatches ? RowKind.DISPATCH : RowKind.WORK_SESSION;
    Batch batch = new Batch(kind, 1, given.get("request_id").asText(), rows, Map.of());
    byte[] content = batch.request(given.get("platform_id").asText()).toByteArray();
    return Map.of("request", Base64.getEncoder().encodeToString(content));
  }
}
