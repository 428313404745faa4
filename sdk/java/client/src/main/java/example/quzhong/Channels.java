package example.quzhong;

import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How this package speaks to a server; for the generated stubs of the other services too. */
public final class Channels {
  /**
   * Bytes of a message: 5,000 rows are about 1 MB; an answer that rejects each of them with two
   * texts is a few more.
   */
  public static final int MOST_BYTES = 16 * 1024 * 1024;

  private static final int KEEP_ALIVE_S = 30;
  private static final int KEEP_ALIVE_TIMEOUT_S = 10;

  private Channels() {}

  /**
   * A channel as every client of this package has it. Nobody is called before the first call.
   *
   * @param address {@code host:port}
   * @param credentials TLS, e.g. {@code TlsChannelCredentials.create()}; null: the connection is
   *     plain and a token can be read on the way, which is for this machine only
   */
  public static ManagedChannel open(String address, ChannelCredentials credentials) {
    return Grpc.newChannelBuilder(
            address, credentials == null ? InsecureChannelCredentials.create() : credentials)
        .maxInboundMessageSize(MOST_BYTES)
        // Notice a connection that died silently (a NAT that forgot it) within about half a minute.
        .keepAliveTime(KEEP_ALIVE_S, TimeUnit.SECONDS)
        .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_S, TimeUnit.SECONDS)
        .disableRetry() // ours knows which status may pass
        .build();
  }

  /** For {@code stub.withInterceptors}: calls that carry a token. */
  public static ClientInterceptor bearer(String token) {
    return headers(token, Map.of());
  }

  static ClientInterceptor headers(String token, Map<String, String> trace) {
    Metadata metadata = new Metadata();
    put(metadata, "authorization", "Bearer " + token);
    trace.forEach((name, value) -> put(metadata, name, value));
    return MetadataUtils.newAttachHeadersInterceptor(metadata);
  }

  private static void put(Metadata metadata, String name, String value) {
    metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
  }
}
