package example.quzhong;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.ByteString;
import example.quzhong.api.registry.v1.GetPseudonymKeysRequest;
import example.quzhong.api.registry.v1.LinkPseudonymsRequest;
import example.quzhong.api.registry.v1.PseudonymLink;
import example.quzhong.api.registry.v1.PseudonymServiceGrpc;
import example.quzhong.api.registry.v1.PseudonymServiceGrpc.PseudonymServiceBlockingStub;
import io.grpc.ChannelCredentials;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes pseudonyms by an oblivious pseudorandom function (RFC 9497) with the registry's key.
 *
 * <p>The identity is blinded here, the registry evaluates what looks random to it, its proof is
 * verified, and the blinding is taken away here. Every platform gets the same pseudonym for a
 * person, and none can compute one without asking, which the registry counts. May be used from any
 * thread.
 */
public final class ObliviousPseudonymiser implements Pseudonymiser, AutoCloseable {
  private final int batchSize;
  private final Calls calls;
  private final PseudonymServiceBlockingStub registry;
  private final Cache<Known, String> cache;

  /** Held while the keys are asked for, so that many who start together ask once. */
  private final ReentrantLock asking = new ReentrantLock();

  private final KnownKeys keys;

  private record Known(int version, String text) {}

  private ObliviousPseudonymiser(Builder options) {
    batchSize = options.batchSize;
    keys = new KnownKeys(options.pins);
    cache = Caffeine.newBuilder().maximumSize(options.cacheSize).build();
    calls =
        new Calls(
            Channels.open(options.address, options.channelCredentials),
            options.credential,
            options.retry,
            options.timeout,
            Pacing.REAL);
    registry = PseudonymServiceGrpc.newBlockingStub(calls.channel);
  }

  /**
   * Options of a pseudonymiser.
   *
   * @param address {@code host:port} of the registry
   * @param credential of the platform or partner firm
   */
  public static Builder builder(String address, Credential credential) {
    return new Builder(address, credential);
  }

  /** The versions that answer, ascending. */
  public List<PseudonymKey> keys() {
    asking.lock();
    try {
      learn(0);
      return keys.keys();
    } finally {
      asking.unlock();
    }
  }

  /**
   * 24 characters; one call of the registry unless it is at hand. For many use {@link
   * #pseudonyms(Collection)}.
   */
  @Override
  public String pseudonym(String identity) {
    return pseudonyms(List.of(identity)).get(0);
  }

  /**
   * Of many, in their order, in batches; each person is asked for once.
   *
   * @throws IdentityException for the first number that cannot be right; nobody was asked then
   * @throws ApiException.ResourceExhausted the day's evaluations are used up; {@code retryAfter}
   *     says for how long
   * @throws ApiException its class says what to do
   * @throws PseudonymException if the registry's answer cannot be trusted
   */
  public List<String> pseudonyms(Collection<String> identities) {
    return pseudonyms(identities, 0);
  }

  /** Of a version of the key; 0: the one events carry now. */
  public List<String> pseudonyms(Collection<String> identities, int keyVersion) {
    List<String> texts = identities.stream().map(Identities::canonical).toList();
    PseudonymKey key = keyNow(keyVersion);
    Map<String, String> found = new HashMap<>();
    LinkedHashSet<String> missing = new LinkedHashSet<>();
    for (String text : texts) {
      String known = cache.getIfPresent(new Known(key.version(), text));
      if (known == null) {
        missing.add(text);
      } else {
        found.put(text, known);
      }
    }
    List<String> asked = List.copyOf(missing);
    for (int start = 0; start < asked.size(); start += batchSize) {
      found.putAll(evaluated(key, asked.subList(start, Math.min(asked.size(), start + batchSize))));
    }
    return texts.stream().map(found::get).toList();
  }

  /**
   * Makes the pseudonyms of both versions and hands in which belongs to which; for all workers,
   * while both answer. What was handed in before, by whomever, changes nothing.
   *
   * @return the places of those whose pair contradicts a known one: a mistake somewhere
   */
  public List<Integer> link(Collection<String> identities, int oldVersion, int newVersion) {
    List<String> before = pseudonyms(identities, oldVersion);
    List<String> after = pseudonyms(identities, newVersion);
    List<Integer> contradicting = new ArrayList<>();
    for (int start = 0; start < before.size(); start += EvaluationRound.MOST_ELEMENTS) {
      LinkPseudonymsRequest.Builder request =
          LinkPseudonymsRequest.newBuilder()
              .setRequestId(RequestIds.fresh(16))
              .setOldKeyVersion(oldVersion)
              .setNewKeyVersion(newVersion);
      int end = Math.min(before.size(), start + EvaluationRound.MOST_ELEMENTS);
      for (int place = start; place < end; place++) {
        request.addLinks(
            PseudonymLink.newBuilder()
                .setOldPseudonym(before.get(place))
                .setNewPseudonym(after.get(place)));
      }
      LinkPseudonymsRequest some = request.build();
      for (int place :
          calls
              .call(registry, Map.of(), stub -> stub.linkPseudonyms(some))
              .getContradictingList()) {
        contradicting.add(start + place);
      }
    }
    return contradicting;
  }

  /** Closes the connection. */
  @Override
  public void close() {
    calls.close();
  }

  private PseudonymKey keyNow(int version) {
    asking.lock();
    try {
      learn(version);
      return keys.version(version, Instant.now());
    } finally {
      asking.unlock();
    }
  }

  /** Called with the lock held. */
  private void learn(int version) {
    if (!keys.fresh(Pacing.REAL.now(), version)) {
      var request = GetPseudonymKeysRequest.getDefaultInstance();
      keys.learn(
          calls.call(registry, Map.of(), stub -> stub.getPseudonymKeys(request)),
          Pacing.REAL.now());
    }
  }

  private Map<String, String> evaluated(PseudonymKey key, List<String> texts) {
    EvaluationRound round = EvaluationRound.of(key, texts);
    var request = round.request();
    try {
      Map<String, String> made =
          round.pseudonyms(
              calls.call(registry, Map.of(), stub -> stub.evaluatePseudonyms(request)));
      made.forEach((text, pseudonym) -> cache.put(new Known(key.version(), text), pseudonym));
      return made;
    } catch (ApiException.FailedPrecondition | ApiException.NotFound gone) {
      asking.lock();
      try {
        keys.forget();
      } finally {
        asking.unlock();
      }
      throw gone;
    }
  }

  /** Options of an {@link ObliviousPseudonymiser}. */
  public static final class Builder {
    private final String address;
    private final Credential credential;
    private Map<Integer, ByteString> pins = Map.of();
    private int cacheSize = 100_000;
    private int batchSize = EvaluationRound.MOST_ELEMENTS;
    private Duration timeout = Duration.ofSeconds(30);
    private RetryPolicy retry = RetryPolicy.DEFAULT;
    private ChannelCredentials channelCredentials;

    private Builder(String address, Credential credential) {
      this.address = Objects.requireNonNull(address, "address");
      this.credential = Objects.requireNonNull(credential, "credential");
    }

    /**
     * Public keys by version, as published by the authority, or those of an earlier run: any other
     * is refused. Without them the first one seen is trusted for as long as the pseudonymiser
     * lives.
     */
    public Builder pins(Map<Integer, ByteString> value) {
      pins = Map.copyOf(value);
      return this;
    }

    /** How many pseudonyms are kept at hand; 100,000 by default. */
    public Builder cacheSize(int value) {
      cacheSize = value;
      return this;
    }

    /** Identities a call, 1–500; 500 by default. */
    public Builder batchSize(int value) {
      batchSize = value;
      return this;
    }

    /** How long one attempt of a call may take; 30 s by default. */
    public Builder timeout(Duration value) {
      timeout = Objects.requireNonNull(value);
      return this;
    }

    /** How UNAVAILABLE is met, and RESOURCE_EXHAUSTED that says when to come again. */
    public Builder retry(RetryPolicy value) {
      retry = Objects.requireNonNull(value);
      return this;
    }

    /** TLS; without them the connection is plain and the token can be read on the way. */
    public Builder channelCredentials(ChannelCredentials value) {
      channelCredentials = value;
      return this;
    }

    /**
     * The pseudonymiser. Nobody is called before the first identity.
     *
     * @throws IllegalArgumentException naming the option that makes no sense
     */
    public ObliviousPseudonymiser build() {
      if (batchSize < 1 || batchSize > EvaluationRound.MOST_ELEMENTS) {
        throw new IllegalArgumentException(
            "batchSize: %d; 1–%d are taken".formatted(batchSize, EvaluationRound.MOST_ELEMENTS));
      }
      if (cacheSize < 1) {
        throw new IllegalArgumentException(
            "cacheSize: %d; at least 1 is needed".formatted(cacheSize));
      }
      return new ObliviousPseudonymiser(this);
    }
  }
}
