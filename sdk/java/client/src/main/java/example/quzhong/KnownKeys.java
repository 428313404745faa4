package example.quzhong;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import example.quzhong.api.registry.v1.GetPseudonymKeysResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The versions as the registry last told them. A version's key, once seen, may not change. Its
 * owner holds a lock.
 */
final class KnownKeys {
  /** How long what is known is used: a rotation is announced days ahead. */
  private static final Duration FRESH = Duration.ofHours(1);

  private Map<Integer, ByteString> seen;
  private List<PseudonymKey> keys = List.of();
  private Duration told;

  KnownKeys(Map<Integer, ByteString> pins) {
    seen = Map.copyOf(pins);
  }

  List<PseudonymKey> keys() {
    return keys;
  }

  boolean fresh(Duration now, int version) {
    boolean knowsIt = version == 0 || keys.stream().anyMatch(key -> key.version() == version);
    return told != null && knowsIt && now.minus(told).compareTo(FRESH) < 0;
  }

  /** A version went meanwhile: whoever comes next learns which are left. */
  void forget() {
    told = null;
  }

  /** Takes in what the registry told, or nothing of it if a version has another key than before. */
  void learn(GetPseudonymKeysResponse answer, Duration now) {
    Map<Integer, ByteString> seenNow = new HashMap<>(seen);
    List<PseudonymKey> keysNow = new ArrayList<>();
    for (var message : answer.getKeysList()) {
      ByteString before = seenNow.putIfAbsent(message.getKeyVersion(), message.getPublicKey());
      if (before != null && !before.equals(message.getPublicKey())) {
        throw new PseudonymException.KeyChanged(
            ("version %d of the registry's key has another public key than before; ask the"
                    + " registry, by another way, which one is right")
                .formatted(message.getKeyVersion()));
      }
      Instant retires = message.hasRetireTime() ? moment(message.getRetireTime()) : null;
      Instant begins = moment(message.getNotBefore());
      keysNow.add(
          new PseudonymKey(message.getKeyVersion(), message.getPublicKey(), begins, retires));
    }
    if (keysNow.isEmpty()) {
      throw new PseudonymException.EvaluationRefused("the registry told no version of its key");
    }
    keysNow.sort(Comparator.comparingInt(PseudonymKey::version));
    seen = seenNow;
    keys = List.copyOf(keysNow);
    told = now;
  }

  /** The version asked for, or (0) the one events carry now. */
  PseudonymKey version(int asked, Instant now) {
    PseudonymKey chosen = keys.get(0);
    for (PseudonymKey key : keys) {
      if (key.version() == asked) {
        return key;
      }
      if (!key.notBefore().isAfter(now)) {
        chosen = key;
      }
    }
    if (asked != 0) {
      String numbers =
          keys.stream().map(key -> String.valueOf(key.version())).collect(Collectors.joining(", "));
      throw new PseudonymException(
          "keyVersion: %d does not answer; %s do".formatted(asked, numbers));
    }
    return chosen;
  }

  private static Instant moment(Timestamp told) {
    return Instant.ofEpochSecond(told.getSeconds(), told.getNanos());
  }
}
