package example.quzhong;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * The registry's /oauth/token (RFC 6749), and since when it has been away. Used by one thread at a
 * time.
 */
final class TokenEndpoint {
  /** An answer of RFC 6749 is a few hundred bytes. */
  private static final int MOST_ANSWER_BYTES = 1 << 20;

  /**
   * Nobody asked for so long: it may have been there meanwhile. Clients that resend wait less
   * (RetryPolicy.max).
   */
  private static final Duration ANOTHER_OUTAGE = Duration.ofMinutes(1);

  /** It cannot answer now, and may later. */
  private static final Set<Integer> LATER = Set.of(429, 502, 503, 504);

  private final URI url;
  private final SSLContext tls;
  private final Duration timeout;
  private final Duration giveUpAfter;
  private Long awaySince;
  private long lastAway;

  TokenEndpoint(URI url, SSLContext tls, Duration timeout, Duration giveUpAfter) {
    this.url = url;
    this.tls = tls;
    this.timeout = timeout;
    this.giveUpAfter = giveUpAfter;
  }

  /** What it answered: a token and how long it holds. */
  record Granted(String token, Duration life) {}

  private record Answer(int status, String retryAfter, String body) {}

  /** Asks for a token; {@link ApiException} if none is given. */
  Granted ask(Map<String, String> form) {
    Answer answer;
    try {
      answer = posted(form);
    } catch (IOException error) {
      throw away("the token endpoint cannot be reached: " + error, Duration.ZERO);
    }
    if (LATER.contains(answer.status)) {
      throw away("the token endpoint answers " + answer.status, seconds(answer.retryAfter));
    }
    Granted granted = granted(answer);
    awaySince = null;
    return granted;
  }

  private Answer posted(Map<String, String> form) throws IOException {
    HttpClient.Builder client =
        HttpClient
            .newBuilder() // A connection for each: eight minutes later this one would be closed
            // anyway.
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout);
    if (tls != null) {
      client.sslContext(tls);
    }
    String body =
        form.entrySet().stream()
            .map(
                each ->
                    each.getKey()
                        + "="
                        + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    CompletableFuture<Answer> answer =
        client
            .build()
            .sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
            .thenApply(TokenEndpoint::read);
    try {
      return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException error) {
      throw error.getCause() instanceof IOException io ? io : new IOException(error.getCause());
    } catch (TimeoutException error) {
      answer.cancel(true);
      throw new IOException("no answer within " + timeout, error);
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", error);
    }
  }

  private static Answer read(HttpResponse<InputStream> response) {
    try (InputStream body = response.body()) {
      String text = new String(body.readNBytes(MOST_ANSWER_BYTES), StandardCharsets.UTF_8);
      return new Answer(
          response.statusCode(), response.headers().firstValue("Retry-After").orElse(""), text);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** A date is not read. */
  private static Duration seconds(String retryAfter) {
    return retryAfter.matches("[0-9]{1,9}")
        ? Duration.ofSeconds(Long.parseLong(retryAfter))
        : Duration.ZERO;
  }

  private static Granted granted(Answer answer) {
    Map<String, Object> told = json(answer.body);
    if (answer.status == 200
        && told.get("access_token") instanceof String token
        && !token.isEmpty()
        && told.get("expires_in") instanceof Number seconds) {
      return new Granted(token, Duration.ofMillis((long) (seconds.doubleValue() * 1_000)));
    }
    throw refused(answer.status, told);
  }

  private static Map<String, Object> json(String body) {
    try {
      return JSONObjectUtils.parse(body);
    } catch (ParseException none) {
      return Map.of();
    }
  }

  private static ApiException refused(int status, Map<String, Object> told) {
    String said = "HTTP %d, not an answer of RFC 6749".formatted(status);
    if (told.get("error") instanceof String error) {
      said = error + ": " + told.getOrDefault("error_description", "");
    }
    if (status == 400 || status == 401) {
      String zh = "令牌端点拒绝了该客户端；请核对 client_id 与密钥";
      if (said.contains(
          "set the clock")) { // the registry's words for an assertion of another time than its own
        zh = "令牌端点拒绝了该客户端：本机时间与登记处不一致；请校准本机时钟";
      }
      return ApiException.of(
          Status.Code.UNAUTHENTICATED,
          ApiException.Told.of(
              "CLIENT_REFUSED", "the token endpoint refused the client: " + said, zh));
    }
    String zh = "令牌端点的答复无法使用（HTTP %d）；请核对 token_url 是否正确".formatted(status);
    String message = said + "; check token_url: it is the registry's /oauth/token";
    return ApiException.of(Status.Code.UNKNOWN, ApiException.Told.of("TOKEN_ANSWER", message, zh));
  }

  /** What callers are told: it did not answer now. */
  private ApiException away(String message, Duration retryAfter) {
    long now = System.nanoTime();
    Duration another = giveUpAfter.compareTo(ANOTHER_OUTAGE) > 0 ? giveUpAfter : ANOTHER_OUTAGE;
    if (awaySince == null || now - lastAway > another.toNanos()) {
      awaySince = now;
    }
    lastAway = now;
    Duration away = Duration.ofNanos(now - awaySince);
    String reason = "TOKEN_ENDPOINT_UNAVAILABLE";
    String zh = "令牌端点暂时不可用";
    String told = message;
    if (away.plus(retryAfter).compareTo(giveUpAfter) >= 0) {
      reason = ApiException.TOKEN_ENDPOINT_AWAY;
      zh = "令牌端点持续不可用已达 %d 秒，不再重发；请检查 token_url 与网络".formatted(away.toSeconds());
      told +=
          "; for %d s now, so nothing is resent: check token_url and the network"
              .formatted(away.toSeconds());
    }
    return ApiException.of(
        Status.Code.UNAVAILABLE, new ApiException.Told(reason, "", told, zh, Map.of(), retryAfter));
  }
}
