package example.conformance;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.json.JsonMapper;
import example.quzhong.Credential;
import example.quzhong.PrivateKeyJwt;
import example.quzhong.StaticToken;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What {@code connect.json} says: where the sandbox listens, and the credentials of this run.
 *
 * @param address {@code host:port} of every gRPC service
 * @param tls whether it speaks TLS
 * @param platformId whose run it is
 * @param tokenFile a token that ends with the run
 * @param tokenUrl where the private key gets access tokens
 * @param clientId of the private key
 * @param privateKeyFile PEM
 */
record Connection(
    String address,
    boolean tls,
    String platformId,
    Path tokenFile,
    String tokenUrl,
    String clientId,
    Path privateKeyFile) {

  /** As it is written. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @JsonIgnoreProperties(ignoreUnknown = true) // a newer kit may tell more
  private record Told(
      String address,
      boolean tls,
      String platformId,
      String tokenFile,
      String tokenUrl,
      String clientId,
      String privateKeyFile) {}

  /** Relative paths are relative to the file, so that its folder may be moved as a whole. */
  static Connection read(Path file) throws IOException {
    Told told = new JsonMapper().readValue(file.toFile(), Told.class);
    return new Connection(
        told.address,
        told.tls,
        told.platformId,
        file.resolveSibling(told.tokenFile),
        told.tokenUrl,
        told.clientId,
        file.resolveSibling(told.privateKeyFile));
  }

  /**
   * What the client proves itself with: access tokens for the private key, as in production. A door
   * that speaks TLS gets the token of the run, as access tokens would come over plain HTTP.
   */
  Credential credential() throws IOException {
    return tls ? byToken() : byKey();
  }

  private Credential byKey() throws IOException {
    return PrivateKeyJwt.builder(clientId, Files.readString(privateKeyFile), tokenUrl).build();
  }

  /** The token of the run, which needs no token endpoint. */
  Credential byToken() throws IOException {
    return new StaticToken(Files.readString(tokenFile).strip());
  }

  ChannelCredentials transport() {
    return tls ? TlsChannelCredentials.create() : InsecureChannelCredentials.create();
  }
}
