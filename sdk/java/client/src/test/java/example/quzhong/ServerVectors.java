package example.quzhong;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import example.quzhong.api.workhours.v1.Advisory;
import example.quzhong.api.workhours.v1.WatchAdvisoriesRequest;
import example.quzhong.api.workhours.v1.WatchAdvisoriesResponse;
import example.quzhong.api.workhours.v1.WorkhoursServiceGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the client makes of vectors that need a server. */
final class ServerVectors {
  /** Second 0 of every token case. */
  private static final Instant EPOCH = Instant.ofEpochSecond(1_773_619_200);

  /**
   * Of an Ed25519 key in PKCS #8 and SubjectPublicKeyInfo (RFC 8410): what stands before its 32
   * bytes.
   */
  private static final String PRIVATE_PREFIX = "302e020100300506032b657004220420";

  private static final String PUBLIC_PREFIX = "302a300506032b6570032100";

  private ServerVectors() {}

  static Object tokens(JsonNode given) throws Exception {
    OctetKeyPair key = OctetKeyPair.parse(given.get("private_jwk").toString());
    List<Map<String, String>> forms = new ArrayList<>();
    JsonNode[] answer = {null};
    HttpServer endpoint =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    endpoint.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          forms.add(form(body));
          if (answer[0] == null || answer[0].isNull()) {
            exchange.close(); // without a word
            return;
          }
          String retryAfter = answer[0].path("retry_after").asText("");
          if (!retryAfter.isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
          }
          byte[] content = answer[0].get("body").toString().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer[0].get("status").asInt(), content.length);
          exchange.getResponseBody().write(content);
          exchange.close();
        });
    endpoint.start();
    Instant[] now = {EPOCH};
    try {
      PrivateKeyJwt credential =
          PrivateKeyJwt.builder(
                  given.get("client_id").asText(),
                  pem(key.getD().decode()),
                  "http://127.0.0.1:" + endpoint.getAddress().getPort() + "/oauth/token")
              .audience(given.get("audience").asText())
              .giveUpAfter(ValueVectors.seconds(given.get("give_up_after_s")))
              .clock(() -> now[0])
              .build();
      List<Object> steps = new ArrayList<>();
      for (JsonNode step : given.get("steps")) {
        now[0] = EPOCH.plus(ValueVectors.seconds(step.get("at")));
        answer[0] = step.get("answer");
        steps.add(step(credential, step, forms));
      }
      return Map.of("steps", steps, "assertion", assertion(forms.get(0), key.getX().decode()));
    } finally {
      endpoint.stop(0);
    }
  }

  private static Object step(
      PrivateKeyJwt credential, JsonNode step, List<Map<String, String>> forms) {
    if (step.get("do").asText().equals("renews")) {
      ApiException ended =
          ApiException.of(
              Status.Code.UNAUTHENTICATED,
              ApiException.Told.of(step.get("reason").asText(), "ended", "ended"));
      return Map.of("renews", credential.renews(ended, step.get("token").asText()));
    }
    int before = forms.size();
    Map<String, Object> said = new HashMap<>();
    try {
      said.put("token", credential.token());
    } catch (ApiException failure) {
      said.put("error", failure.kind());
      said.put("reason", failure.reason());
      said.put("retry_after_s", ValueVectors.seconds(failure.retryAfter()));
    }
    said.put("asked", forms.size() > before);
    return said;
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new TreeMap<>();
    for (String pair : body.split("&")) {
      String[] both = pair.split("=", 2);
      form.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
    }
    return form;
  }

  private static String pem(byte[] seed) {
    byte[] encoded = joined(PRIVATE_PREFIX, seed);
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(encoded)
        + "\n-----END PRIVATE KEY-----\n";
  }

  private static byte[] joined(String prefix, byte[] rest) {
    byte[] start = HexFormat.of().parseHex(prefix);
    byte[] all = Arrays.copyOf(start, start.length + rest.length);
    System.arraycopy(rest, 0, all, start.length, rest.length);
    return all;
  }

  /** What the endpoint was sent, its signature verified. */
  private static Object assertion(Map<String, String> form, byte[] publicKey) throws Exception {
    SignedJWT token = SignedJWT.parse(form.get("client_assertion"));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new X509EncodedKeySpec(joined(PUBLIC_PREFIX, publicKey))));
    signature.update(token.getSigningInput());
    if (!signature.verify(token.getSignature().decode())) {
      throw new AssertionError("the assertion's signature does not fit");
    }
    Map<String, Object> claims = new HashMap<>(token.getPayload().toJSONObject());
    String jti = (String) claims.remove("jti");
    Map<String, String> rest = new TreeMap<>(form);
    rest.remove("client_assertion");
    return Map.of(
        "alg",
        token.getHeader().getAlgorithm().getName(),
        "claims",
        claims,
        "jti_bytes_at_least_16",
        Base64.getUrlDecoder().decode(jti).length >= 16,
        "form",
        rest);
  }

  /** Gives the streams of a case. */
  private static final class ScriptedStreams extends WorkhoursServiceGrpc.WorkhoursServiceImplBase {
    private final JsonNode streams;
    private final List<String> asked = new ArrayList<>();

    ScriptedStreams(JsonNode streams) {
      this.streams = streams;
    }

    @Override
    public void watchAdvisories(
        WatchAdvisoriesRequest request, StreamObserver<WatchAdvisoriesResponse> stream) {
      JsonNode script = streams.get(asked.size());
      asked.add(request.getResumeToken());
      int last =
          request.getResumeToken().isEmpty() ? 0 : Integer.parseInt(request.getResumeToken());
      for (int number = last + 1; number <= last + script.get("messages").asInt(); number++) {
        stream.onNext(
            WatchAdvisoriesResponse.newBuilder()
                .setAdvisory(Advisory.newBuilder().setAdvisoryId("advice-" + number))
                .setResumeToken(String.valueOf(number))
                .build());
      }
      String ends = script.get("ends").asText();
      if (ends.equals("OK")) {
        stream.onCompleted();
      } else {
        stream.onError(
            Status.fromCode(Status.Code.valueOf(ends)).withDescription("scripted").asException());
      }
    }
  }

  static Object watch(JsonNode given) throws Exception {
    ScriptedStreams service = new ScriptedStreams(given.get("streams"));
    int most = 0;
    for (JsonNode stream : given.get("streams")) {
      most += stream.get("messages").asInt();
    }
    List<String> givenOut = new ArrayList<>();
    Map<String, Object> told = new HashMap<>();
    try (LocalServer server = new LocalServer(service);
        AdvisoryWatch watch =
            Advisories.of(server.address(), new StaticToken("a token"))
                .resumeToken(given.get("resume_token").asText())
                .pacing(new ValueVectors.Scripted(0))
                .watch()) {
      told.put("error", null);
      try {
        while (givenOut.size() < most) {
          givenOut.add(watch.next().advisory().getAdvisoryId());
        }
      } catch (ApiException failure) {
        told.put("error", failure.kind());
      }
      told.put("resume_token", watch.resumeToken());
      watch.close();
      if (watch.hasNext()) {
        throw new AssertionError("a closed watch goes on");
      }
    }
    told.put("given_out", givenOut);
    told.put("asked_with", List.copyOf(service.asked));
    return told;
  }
}
