package example.quzhong;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The calls of one client: under its credential, each sent until it is answered or given up. */
final class Calls implements AutoCloseable {
  final ManagedChannel channel;
  private final Credential credential;
  private final RetryPolicy retry;
  private final Duration timeout;
  private final Pacing pacing;
  private final CountDownLatch closed = new CountDownLatch(1);

  Calls(
      ManagedChannel channel,
      Credential credential,
      RetryPolicy retry,
      Duration timeout,
      Pacing pacing) {
    this.channel = channel;
    this.credential = credential;
    this.retry = retry;
    this.timeout = timeout;
    this.pacing = pacing;
  }

  /**
   * One call.
   *
   * @param trace of whoever wanted it
   * @throws ApiException its class says what to do
   */
  <S extends AbstractStub<S>, A> A call(S stub, Map<String, String> trace, Function<S, A> send) {
    Attempts tried = new Attempts(retry, pacing);
    while (true) {
      try {
        return send.apply(
            stub.withInterceptors(Channels.headers(credential.token(), trace))
                .withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS));
      } catch (StatusRuntimeException | ApiException error) { // ApiException: no token can be had
        ApiException failure = ApiException.fromRpcError(error);
        Duration wait = tried.waitAfter(failure);
        reconnect(failure);
        if (!slept(wait)) {
          throw failure;
        }
      }
    }
  }

  /**
   * A channel waits for up to two minutes between its attempts to connect, and fails calls
   * meanwhile; with our own backoff above it, it should find a server again within seconds of its
   * return.
   */
  void reconnect(ApiException failure) {
    if (failure instanceof ApiException.Unavailable) {
      channel.resetConnectBackoff();
    }
  }

  /** Whether the time passed; not if the client was closed, or the thread interrupted. */
  boolean slept(Duration wait) {
    try {
      return !closed.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Ends calls that are still in flight; nobody waits between attempts any more. */
  @Override
  public void close() {
    closed.countDown();
    channel.shutdownNow();
  }
}
