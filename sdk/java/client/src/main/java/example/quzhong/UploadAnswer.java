package example.quzhong;

import java.util.List;
import java.util.Map;

/**
 * The answer to an upload: the sum over its batches.
 *
 * @param rejections the first 1,000
 * @param totals how many of each
 */
public record UploadAnswer(List<Rejected> rejections, Totals totals) {
  /**
   * Joins an answer of the wire with what was sent.
   *
   * @param starts place of each batch's first row among all rows, by request id
   */
  static UploadAnswer of(
      Map<String, Long> starts, example.quzhong.api.intake.v1.UploadAnswer told) {
    List<Rejected> rejections =
        told.getRejectionsList().stream()
            .map(
                each -> {
                  long start = starts.getOrDefault(each.getRequestId(), 0L);
                  long place = start + each.getRejection().getRow();
                  return Rejected.of(each.getRequestId(), place, null, each.getRejection());
                })
            .toList();
    return new UploadAnswer(
        rejections, new Totals(told.getAccepted(), told.getDuplicate(), told.getRejected()));
  }
}
