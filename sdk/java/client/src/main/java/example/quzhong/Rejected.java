package example.quzhong;

import com.google.protobuf.MessageLite;
import example.quzhong.api.intake.v1.Rejection;

/**
 * A row that was not accepted, and why.
 *
 * @param requestId of the batch it was sent in
 * @param index its place among the rows of the call, from 0
 * @param row as it was sent; null from an upload, which does not keep its rows
 * @param field that is wrong
 * @param reason UPPER_SNAKE and stable: what a program decides by
 * @param message in English
 * @param messageZh in Chinese
 */
public record Rejected(
    String requestId,
    long index,
    MessageLite row,
    String field,
    String reason,
    String message,
    String messageZh) {
  static Rejected of(String requestId, long index, MessageLite row, Rejection told) {
    return new Rejected(
        requestId,
        index,
        row,
        told.getField(),
        told.getReason(),
        told.getMessage(),
        told.getMessageZh());
  }
}
