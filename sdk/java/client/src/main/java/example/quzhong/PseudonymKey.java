package example.quzhong;

import com.google.protobuf.ByteString;
import java.time.Instant;

/**
 * A version of the registry's key.
 *
 * @param version from 1
 * @param publicKey 32 bytes, what answers are verified with; keep it, and pin it the next time
 * @param notBefore from when on events carry its pseudonyms
 * @param retireTime from when on it does not answer; null: no end is planned
 */
public record PseudonymKey(
    int version, ByteString publicKey, Instant notBefore, Instant retireTime) {}
