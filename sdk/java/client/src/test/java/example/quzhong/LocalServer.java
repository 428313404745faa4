package example.quzhong;

import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gRPC server of one service on a port of this machine; it keeps the headers of every call. */
final class LocalServer implements AutoCloseable {
  private final Server server;
  private final int port;
  final List<Metadata> headers = new CopyOnWriteArrayList<>();

  /** On a free port. */
  LocalServer(BindableService service) throws IOException {
    this(service, 0);
  }

  /** Where another one was. */
  LocalServer(BindableService service, int port) throws IOException {
    ServerInterceptor keeps =
        new ServerInterceptor() {
          @Override
          public <Q, A> ServerCall.Listener<Q> interceptCall(
              ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> next) {
            headers.add(metadata);
            return next.startCall(call, metadata);
          }
        };
    server =
        Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
            .addService(service)
            .intercept(keeps)
            .maxInboundMessageSize(Channels.MOST_BYTES)
            .build()
            .start();
    this.port = server.getPort();
  }

  int port() {
    return port;
  }

  String address() {
    return "127.0.0.1:" + port();
  }

  /** In order: calls in flight are answered, others find nobody. */
  void leave() throws InterruptedException {
    server.shutdown().awaitTermination();
  }

  /** At once: calls in flight are cut. */
  @Override
  public void close() throws InterruptedException {
    server.shutdownNow().awaitTermination();
  }
}
