package example.quzhong;

import example.quzhong.api.workhours.v1.WatchAdvisoriesRequest;
import example.quzhong.api.workhours.v1.WatchAdvisoriesResponse;
import example.quzhong.api.workhours.v1.WorkhoursServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Endless; made by {@link Advisories#watch}. One thread iterates; {@link #close} may be called from
 * any other and ends the iteration, as an interruption of the thread does.
 */
public final class AdvisoryWatch implements Iterator<Advised>, Iterable<Advised>, AutoCloseable {
  private final Calls calls;
  private final Credential credential;
  private final String platformId;
  private final RetryPolicy retry;
  private final Pacing pacing;

  private BlockingClientCall<?, WatchAdvisoriesResponse> stream;
  private String token = "";
  private Duration began = Duration.ZERO;
  private WatchAdvisoriesResponse pending;

  /** Of the failures in a row. */
  private Attempts attempts;

  private volatile String resumeToken;

  AdvisoryWatch(
      Calls calls,
      Credential credential,
      String platformId,
      String resumeToken,
      RetryPolicy retry,
      Pacing pacing) {
    this.calls = calls;
    this.credential = credential;
    this.platformId = platformId;
    this.resumeToken = resumeToken;
    this.retry = retry;
    this.pacing = pacing;
  }

  /** Of the advice given out last. */
  public String resumeToken() {
    return resumeToken;
  }

  @Override
  public Iterator<Advised> iterator() {
    return this;
  }

  /**
   * Waits for advice; false: the watch was closed, or the thread interrupted.
   *
   * @throws ApiException.InvalidArgument RESUME_TOKEN_UNKNOWN: the service never gave out this
   *     token. Begin without one.
   * @throws ApiException.Unauthenticated the token is missing, unknown or revoked
   * @throws ApiException.PermissionDenied the token is good but not for this platform's advice
   * @throws ApiException.Unavailable if the retry policy has an end, and it is over
   */
  @Override
  public boolean hasNext() {
    while (pending == null && !calls.isClosed()) {
      ApiException failure;
      try {
        pending = received();
        if (pending != null) {
          attempts = null;
          break;
        }
        failure = unavailable("the service ended the stream", null);
      } catch (StatusException | ApiException error) { // ApiException: no token can be had
        failure = broken(error);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        leave();
        return false;
      }
      leave();
      if (calls.isClosed()) {
        return false;
      }
      Duration wait = waitAfter(failure);
      calls.reconnect(failure);
      if (!calls.slept(wait)) {
        return false;
      }
    }
    return pending != null && !calls.isClosed();
  }

  /**
   * The next advice, waiting for it; throws {@link NoSuchElementException} where {@link #hasNext}
   * is false.
   */
  @Override
  public Advised next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the watch is closed");
    }
    WatchAdvisoriesResponse message = pending;
    pending = null;
    resumeToken = message.getResumeToken();
    return new Advised(message.getAdvisory(), message.getResumeToken());
  }

  /** Ends the watch. A second call does nothing. */
  @Override
  public void close() {
    calls.close();
  }

  /**
   * Opens the stream if there is none, and waits for a message; null: the stream ended in order.
   */
  private WatchAdvisoriesResponse received() throws InterruptedException, StatusException {
    if (stream == null) {
      token = credential.token();
      began = pacing.now();
      WatchAdvisoriesRequest request =
          WatchAdvisoriesRequest.newBuilder()
              .setPlatformId(platformId)
              .setResumeToken(resumeToken)
              .build();
      stream =
          WorkhoursServiceGrpc.newBlockingV2Stub(calls.channel)
              .withInterceptors(Channels.bearer(token))
              .watchAdvisories(request);
    }
    return stream.read();
  }

  /** What it still holds comes again. */
  private void leave() {
    if (stream != null) {
      stream.cancel("left", null);
      stream = null;
    }
  }

  private Duration waitAfter(ApiException failure) {
    // A stream that held was connected, though nothing came: its end is the first failure of a new
    // row.
    if (pacing.now().minus(began).compareTo(retry.max()) > 0) {
      attempts = null;
    }
    if (credential.renews(failure, token)) {
      return Duration.ZERO;
    }
    if (attempts == null) {
      attempts = new Attempts(retry, pacing);
    }
    return attempts.waitAfter(failure);
  }

  /**
   * The typed error of a stream that broke; any interruption is an Unavailable. Besides
   * UNAVAILABLE, streams end in order (the service stops), or as the service or a proxy between
   * ends them that is tired of waiting: we set no deadline.
   */
  private static ApiException broken(Exception error) {
    ApiException failure = ApiException.fromRpcError(error);
    boolean interrupted =
        failure.code() == Status.Code.CANCELLED || failure.code() == Status.Code.DEADLINE_EXCEEDED;
    return interrupted ? unavailable(failure.text(), error) : failure;
  }

  private static ApiException unavailable(String message, Exception cause) {
    ApiException typed =
        ApiException.of(Status.Code.UNAVAILABLE, ApiException.Told.of("", message, message));
    typed.initCause(cause);
    return typed;
  }
}
