package example.quzhong;

import com.google.protobuf.MessageLite;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer to one batch: every row is accepted, a duplicate, or rejected.
 *
 * @param requestId of the batch
 * @param verdicts one a row, in the rows' order
 * @param rejections of the rows that were not accepted
 * @param totals how many of each
 */
public record BatchAnswer(
    String requestId, List<Verdict> verdicts, List<Rejected> rejections, Totals totals) {
  /** Joins an answer of the wire with the rows it is about. */
  static BatchAnswer of(Batch batch, example.quzhong.api.intake.v1.BatchAnswer told) {
    List<Rejected> rejections = new ArrayList<>();
    for (var each : told.getRejectionsList()) {
      int place = each.getRow();
      MessageLite row = 0 <= place && place < batch.size() ? batch.rows().get(place) : null;
      rejections.add(Rejected.of(batch.requestId(), place, row, each));
    }
    return new BatchAnswer(
        batch.requestId(),
        told.getVerdictsList().stream().map(Verdict::of).toList(),
        List.copyOf(rejections),
        new Totals(told.getAccepted(), told.getDuplicate(), told.getRejected()));
  }
}
