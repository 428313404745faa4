package example.quzhong;

import com.nimbusds.jwt.JWTClaimsSet;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;

/**
 * Gets access tokens by OAuth 2.0 client credentials with private_key_jwt (RFC 6749, RFC 7523): the
 * platform signs with a key of its own, and no secret ever leaves it.
 *
 * <p>Tokens hold for ten minutes and are fetched anew before they end. May be shared by clients and
 * threads.
 */
public final class PrivateKeyJwt implements Credential {
  private static final System.Logger LOG = System.getLogger("quzhong");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  /** How long an assertion holds: for one request and its way. */
  private static final Duration ASSERTION_LIFE = Duration.ofMinutes(1);

  /**
   * The next token is fetched so long before the present one ends: a token endpoint that is away
   * for two minutes is noticed by nobody.
   */
  private static final Duration EARLY = Duration.ofMinutes(2);

  /**
   * After a fetch that failed while the present token still holds, the next one is tried so much
   * later.
   */
  private static final Duration FETCH_AGAIN = Duration.ofSeconds(5);

  private final String clientId;
  private final String tokenUrl;
  private final String audience;
  private final ClientKey key;
  private final TokenEndpoint endpoint;
  private final InstantSource clock;

  /** Held by the one thread that fetches. */
  private final ReentrantLock fetching = new ReentrantLock();

  private volatile Present present = new Present("", Instant.MIN, Instant.MIN, Instant.MIN);

  /** A token; from {@code fetch} on the next one is fetched. */
  private record Present(String token, Instant begin, Instant fetch, Instant end) {}

  private PrivateKeyJwt(Builder options) {
    clientId = options.clientId;
    tokenUrl = options.tokenUrl;
    audience = options.audience == null ? options.tokenUrl : options.audience;
    key = ClientKey.of(options.privateKey);
    endpoint =
        new TokenEndpoint(URI.create(tokenUrl), options.tls, options.timeout, options.giveUpAfter);
    clock = options.clock;
  }

  /**
   * Options of a credential.
   *
   * @param clientId the credential_id of RegisterClientKey
   * @param privateKey PEM (PKCS #8) of the Ed25519 or P-256 key whose public half was registered
   * @param tokenUrl the registry's /oauth/token
   */
  public static Builder builder(String clientId, String privateKey, String tokenUrl) {
    return new Builder(clientId, privateKey, tokenUrl);
  }

  /**
   * A token that holds now.
   *
   * @throws ApiException.Unavailable TOKEN_ENDPOINT_UNAVAILABLE: it cannot be reached, or asks to
   *     come later; TOKEN_ENDPOINT_AWAY: that has been so for {@code giveUpAfter}, and clients do
   *     not resend
   * @throws ApiException.Unauthenticated CLIENT_REFUSED: it does not know the client, or the key is
   *     another one
   * @throws ApiException.Server it answered something else
   */
  @Override
  public String token() {
    if (clock.instant().isBefore(present.fetch)) {
      return present.token;
    }
    fetching.lock();
    try {
      Instant now = clock.instant();
      if (!now.isBefore(present.fetch)) { // nobody else fetched it meanwhile
        fetch(now);
      }
      return present.token;
    } finally {
      fetching.unlock();
    }
  }

  /** Whether it ended because its token did, and there is, or can be, a newer one. */
  @Override
  public boolean renews(ApiException failure, String token) {
    if (!failure.reason().equals("CREDENTIAL_EXPIRED")) {
      return false;
    }
    fetching.lock();
    try {
      if (token.equals(present.token)) {
        if (clock.instant().isBefore(present.begin.plus(FETCH_AGAIN))) {
          return false; // a new one has ended already: the clocks differ, and no further one will
          // help
        }
        present = new Present(present.token, present.begin, Instant.MIN, Instant.MIN);
      }
      return true;
    } finally {
      fetching.unlock();
    }
  }

  /** Without key and token. */
  @Override
  public String toString() {
    return "PrivateKeyJwt(" + clientId + ", " + tokenUrl + ")";
  }

  private void fetch(Instant now) {
    try {
      TokenEndpoint.Granted granted = endpoint.ask(form(now));
      Duration half = granted.life().dividedBy(2);
      Duration most = granted.life().minus(EARLY);
      Instant next = now.plus(most.compareTo(half) > 0 ? most : half);
      present = new Present(granted.token(), now, next, now.plus(granted.life()));
    } catch (ApiException failure) {
      if (!now.isBefore(present.end)) {
        throw failure;
      }
      LOG.log(Level.WARNING, "{0}; the present token still holds", failure.getMessage());
      present = new Present(present.token, present.begin, now.plus(FETCH_AGAIN), present.end);
    }
  }

  private Map<String, String> form(Instant now) {
    byte[] random = new byte[16];
    RANDOM.nextBytes(random);
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(clientId)
            .subject(clientId)
            .audience(audience)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(ASSERTION_LIFE)))
            .jwtID(Base64.getUrlEncoder().withoutPadding().encodeToString(random))
            .build();
    return new TreeMap<>(
        Map.of(
            "grant_type",
            "client_credentials",
            "client_id",
            clientId,
            "client_assertion_type",
            ASSERTION_TYPE,
            "client_assertion",
            key.signed(claims)));
  }

  /** Options of a {@link PrivateKeyJwt}. */
  public static final class Builder {
    private final String clientId;
    private final String privateKey;
    private final String tokenUrl;
    private String audience;
    private SSLContext tls;
    private Duration timeout = Duration.ofSeconds(10);
    private Duration giveUpAfter = Duration.ofSeconds(30);
    private InstantSource clock = InstantSource.system();

    private Builder(String clientId, String privateKey, String tokenUrl) {
      this.clientId = Objects.requireNonNull(clientId, "clientId");
      this.privateKey = Objects.requireNonNull(privateKey, "privateKey");
      this.tokenUrl = Objects.requireNonNull(tokenUrl, "tokenUrl");
    }

    /**
     * Whom assertions are addressed to, the issuer of the endpoint's metadata; the token URL by
     * default.
     */
    public Builder audience(String value) {
      audience = value;
      return this;
    }

    /**
     * For an authority of one's own, or a client certificate, to which the tokens are bound then.
     */
    public Builder tls(SSLContext value) {
      tls = value;
      return this;
    }

    /** How long one request may take; 10 s by default. */
    public Builder timeout(Duration value) {
      timeout = Objects.requireNonNull(value);
      return this;
    }

    /**
     * Clients resend while the token endpoint is away for no longer than this; then what they sent
     * fails, and each further call asks once. 30 s by default.
     */
    public Builder giveUpAfter(Duration value) {
      giveUpAfter = Objects.requireNonNull(value);
      return this;
    }

    Builder clock(InstantSource value) {
      clock = value;
      return this;
    }

    /**
     * The credential. Nobody is called before the first token is needed.
     *
     * @throws IllegalArgumentException naming what cannot be used
     */
    public PrivateKeyJwt build() {
      return new PrivateKeyJwt(this);
    }
  }
}
