package example.dispatch;

import example.quzhong.Client;
import example.quzhong.Credential;
import example.quzhong.ObliviousPseudonymiser;
import example.quzhong.PrivateKeyJwt;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One client for the whole service, closed when the service stops, which sends what is there. */
@Configuration
class QuzhongConfiguration {
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);
  private static final Logger LOG = LoggerFactory.getLogger(QuzhongConfiguration.class);

  @Bean
  ChannelCredentials transport(QuzhongSettings settings) {
    return settings.plain() ? InsecureChannelCredentials.create() : TlsChannelCredentials.create();
  }

  @Bean
  Credential credential(QuzhongSettings settings) throws IOException {
    String key = Files.readString(settings.keyFile());
    return PrivateKeyJwt.builder(settings.clientId(), key, settings.tokenUrl()).build();
  }

  @Bean
  ObliviousPseudonymiser pseudonymiser(
      QuzhongSettings settings, Credential credential, ChannelCredentials transport) {
    return ObliviousPseudonymiser.builder(settings.address(), credential)
        .channelCredentials(transport)
        .build();
  }

  @Bean(destroyMethod = "")
  Client client(
      QuzhongSettings settings,
      Credential credential,
      ChannelCredentials transport,
      ObliviousPseudonymiser pseudonymiser) {
    return Client.builder(settings.address(), credential, settings.platformId())
        .pseudonymiser(pseudonymiser)
        .channelCredentials(transport)
        .spool(settings.spool())
        .onRejected(
            row -> LOG.warn("rejected: {} {}: {}", row.field(), row.reason(), row.messageZh()))
        .build();
  }

  /** Spring gives a service 30 s to stop; what has no answer by then waits in the spool. */
  @Bean
  DisposableBean handingIn(Client client) {
    return () -> {
      try {
        client.close(CLOSE_WITHIN);
      } finally {
        LOG.info("closed: {}", client.totals());
      }
    };
  }
}
