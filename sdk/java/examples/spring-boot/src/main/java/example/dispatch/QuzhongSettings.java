package example.dispatch;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code quzhong.*}; {@code QUZHONG_ADDRESS} and the like in the environment.
 *
 * @param address {@code host:port} of intake and registry
 * @param clientId the credential_id of RegisterClientKey
 * @param keyFile PEM of the private key
 * @param tokenUrl the registry's /oauth/token
 * @param platformId the platform the events are of
 * @param spool folder for what could not be handed in before this service stopped
 * @param plain without TLS: a suite on this machine
 * @param simulateShift hand in a made-up shift when the service starts
 */
@ConfigurationProperties("quzhong")
public record QuzhongSettings(
    String address,
    String clientId,
    Path keyFile,
    String tokenUrl,
    @DefaultValue("platform-a") String platformId,
    Path spool,
    boolean plain,
    boolean simulateShift) {}
