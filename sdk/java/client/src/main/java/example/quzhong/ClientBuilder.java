package example.quzhong;

import io.grpc.ChannelCredentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/** Options of a {@link Client}; made by {@link Client#builder}. */
public final class ClientBuilder {
  final String address;
  final Credential credential;
  final String platformId;
  Pseudonymiser pseudonymiser;
  ChannelCredentials channelCredentials;
  int batchSize = 500;
  Duration linger = Duration.ofMillis(200);
  int maxInFlight = 4;
  int queueRows = 20_000;
  Duration timeout = Duration.ofSeconds(30);
  RetryPolicy retry = RetryPolicy.DEFAULT;
  Path spool;
  Consumer<BatchAnswer> onAnswer = answer -> {};
  Consumer<Rejected> onRejected = rejected -> {};
  Pacing pacing = Pacing.REAL;

  ClientBuilder(String address, Credential credential, String platformId) {
    this.address = Objects.requireNonNull(address, "address");
    this.credential = Objects.requireNonNull(credential, "credential");
    this.platformId = Objects.requireNonNull(platformId, "platformId");
  }

  /**
   * Turns identities into pseudonyms; needed only for {@link DispatchRow} and {@link
   * WorkSessionRow}.
   */
  public ClientBuilder pseudonymiser(Pseudonymiser value) {
    pseudonymiser = value;
    return this;
  }

  /**
   * TLS, e.g. {@code TlsChannelCredentials.create()}; without them the connection is plain and the
   * token can be read on the way, which is for this machine only.
   */
  public ClientBuilder channelCredentials(ChannelCredentials value) {
    channelCredentials = value;
    return this;
  }

  /** Rows a call, 1–5,000; 500 by default. */
  public ClientBuilder batchSize(int value) {
    batchSize = value;
    return this;
  }

  /** How long a row may wait for others; 200 ms by default. */
  public ClientBuilder linger(Duration value) {
    linger = Objects.requireNonNull(value);
    return this;
  }

  /** Calls at the same time; 4 by default. With 1 batches arrive in the order they were added. */
  public ClientBuilder maxInFlight(int value) {
    maxInFlight = value;
    return this;
  }

  /** Rows without an answer before {@code add…} waits; 20,000 by default. */
  public ClientBuilder queueRows(int value) {
    queueRows = value;
    return this;
  }

  /** How long one attempt of a call may take; 30 s by default. */
  public ClientBuilder timeout(Duration value) {
    timeout = Objects.requireNonNull(value);
    return this;
  }

  /** How UNAVAILABLE is met, and RESOURCE_EXHAUSTED that says when to come again. */
  public ClientBuilder retry(RetryPolicy value) {
    retry = Objects.requireNonNull(value);
    return this;
  }

  /**
   * A folder where batches that {@code close} could not deliver wait for the next client with the
   * same folder; without one they are in the {@link UndeliveredException} alone. One client at a
   * time uses a folder.
   */
  public ClientBuilder spool(Path value) {
    spool = value;
    return this;
  }

  /** Called with every answer, from a sender's thread. */
  public ClientBuilder onAnswer(Consumer<BatchAnswer> value) {
    onAnswer = Objects.requireNonNull(value);
    return this;
  }

  /** Called with every rejected row, from a sender's thread. */
  public ClientBuilder onRejected(Consumer<Rejected> value) {
    onRejected = Objects.requireNonNull(value);
    return this;
  }

  ClientBuilder pacing(Pacing value) {
    pacing = value;
    return this;
  }

  /**
   * The client. Nothing is sent, and nobody is called, before the first row, except what waits in
   * the spool.
   *
   * @throws IllegalArgumentException naming the option that makes no sense
   * @throws java.io.UncheckedIOException if the spool cannot be used
   */
  public Client build() {
    if (maxInFlight < 1) {
      throw new IllegalArgumentException(
          "maxInFlight: %d; at least 1 is needed".formatted(maxInFlight));
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(
          "timeout: %s; a positive time is needed".formatted(timeout));
    }
    return new Client(this);
  }
}
