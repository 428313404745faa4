package example.quzhong;

import example.quzhong.api.workhours.v1.ListAdvisoriesRequest;
import example.quzhong.api.workhours.v1.WorkhoursServiceGrpc;
import io.grpc.ChannelCredentials;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * Advice to a platform before a limit is passed: {@link #watch} for as it comes, {@link #list} for
 * a page.
 *
 * <pre>{@code
 * try (AdvisoryWatch watch = Advisories.of("quzhong.example:443", credential).resumeToken(stored).watch()) {
 *   for (Advised each : watch) {
 *     act(each.advisory());
 *     store(each.resumeToken());
 *   }
 * }
 * }</pre>
 */
public final class Advisories {
  private final String address;
  private final Credential credential;
  private String platformId = "";
  private String resumeToken = "";
  private int pageSize = 100;
  private Duration timeout = Duration.ofSeconds(30);
  private RetryPolicy retry;
  private ChannelCredentials channelCredentials;
  private Pacing pacing = Pacing.REAL;

  private Advisories(String address, Credential credential) {
    this.address = Objects.requireNonNull(address, "address");
    this.credential = Objects.requireNonNull(credential, "credential");
  }

  /**
   * Of the workhours service.
   *
   * @param address {@code host:port}
   * @param credential of the platform
   */
  public static Advisories of(String address, Credential credential) {
    return new Advisories(address, credential);
  }

  /**
   * Whose advice; by default of every platform the token may see, which to a platform is its own.
   */
  public Advisories platformId(String value) {
    platformId = Objects.requireNonNull(value);
    return this;
  }

  /**
   * Of the {@link Advised} stored last, or of an earlier page; by default what holds now comes
   * first.
   */
  public Advisories resumeToken(String value) {
    resumeToken = Objects.requireNonNull(value);
    return this;
  }

  /** Of a list: at most so many, up to 1,000; 100 by default. */
  public Advisories pageSize(int value) {
    pageSize = value;
    return this;
  }

  /** Of one attempt of a list; 30 s by default. */
  public Advisories timeout(Duration value) {
    timeout = Objects.requireNonNull(value);
    return this;
  }

  /** How an interruption is met; by default as everywhere, which a watch keeps up for ever. */
  public Advisories retry(RetryPolicy value) {
    retry = Objects.requireNonNull(value);
    return this;
  }

  /** TLS; without them the connection is plain, which is for this machine only. */
  public Advisories channelCredentials(ChannelCredentials value) {
    channelCredentials = value;
    return this;
  }

  Advisories pacing(Pacing value) {
    pacing = value;
    return this;
  }

  /**
   * Advice as it comes, for ever: what holds now, then every change, across restarts of the
   * service.
   *
   * <p>A broken stream is taken up again after the advice given out last, without gap or repeat,
   * with the backoff of {@code retry}. What was replaced while the stream was away is left out: the
   * latest of each finding comes. Nothing is sent before the first {@code hasNext}.
   */
  public AdvisoryWatch watch() {
    // A watch outlives any outage of the service; the bounds of a single wait are the usual ones.
    RetryPolicy policy =
        retry == null ? RetryPolicy.DEFAULT.givingUpAfter(RetryPolicy.FOREVER) : retry;
    Calls calls =
        new Calls(Channels.open(address, channelCredentials), credential, policy, timeout, pacing);
    return new AdvisoryWatch(calls, credential, platformId, resumeToken, policy, pacing);
  }

  /**
   * One page of what holds now, or of what has come since a resume token. UNAVAILABLE is resent.
   *
   * @throws ApiException its class says what to do
   */
  public AdvisoryPage list() {
    RetryPolicy policy = retry == null ? RetryPolicy.DEFAULT : retry;
    try (Calls calls =
        new Calls(
            Channels.open(address, channelCredentials), credential, policy, timeout, pacing)) {
      ListAdvisoriesRequest request =
          ListAdvisoriesRequest.newBuilder()
              .setPlatformId(platformId)
              .setResumeToken(resumeToken)
              .setPageSize(pageSize)
              .build();
      var workhours = WorkhoursServiceGrpc.newBlockingStub(calls.channel);
      var answer = calls.call(workhours, Map.of(), stub -> stub.listAdvisories(request));
      return new AdvisoryPage(
          answer.getAdvisoriesList(), answer.getResumeToken(), answer.getMore());
    }
  }
}
