package example.conformance;

import example.conformance.Script.Changes;
import example.conformance.Script.Row;
import example.conformance.Script.Scenario;
import example.conformance.Script.Step;
import example.quzhong.api.workhours.v1.AdvisoryKind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * Plays a script: what each step means to a dispatch system. It judges nothing, and goes on
 * whatever comes; the kit's report says what was wrong.
 */
final class Replay {
  /** Intake's reason for an event that its own clock says is still to come. */
  private static final String IN_FUTURE = "EVENT_TIME_IN_FUTURE";

  private final DispatchSystem dispatch;

  /** When the scenario was begun, by our clock: what its rows' times are counted from. */
  private Instant begun = Instant.EPOCH;

  Replay(DispatchSystem dispatch) {
    this.dispatch = dispatch;
  }

  /** Every scenario, one after another. */
  void play(Script script) throws InterruptedException {
    for (Scenario scenario : script.scenarios()) {
      System.out.printf("%s %s%n", scenario.title().zh(), scenario.title().en());
      begun = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      for (Step step : scenario.steps()) {
        step.play(this);
      }
    }
  }

  void send(List<Row> rows) {
    told(dispatch.handIn(rows.stream().map(row -> row.event(begun)).toList()));
  }

  /** By the wrong clock at first; what is refused for it once more, by the right one. */
  void sendSkewed(List<Row> rows) {
    Map<String, String> refused =
        dispatch.handIn(rows.stream().map(row -> row.event(begun)).toList());
    told(refused);
    List<OrderEvent> mended =
        rows.stream()
            .filter(row -> IN_FUTURE.equals(refused.get(row.eventId())))
            .map(row -> row.trueEvent(begun))
            .toList();
    if (!mended.isEmpty()) {
      told(dispatch.handIn(mended));
    }
  }

  /** Row by row; the answers come when they come. */
  void stream(List<Row> rows, long everyMs) throws InterruptedException {
    for (Row row : rows) {
      dispatch.stream(row.event(begun));
      Thread.sleep(everyMs);
    }
    dispatch.settle();
  }

  void correct(String eventId, Changes changes) {
    dispatch.correctDistance(eventId, changes.distanceM());
  }

  void delete(String eventId) {
    dispatch.delete(eventId);
  }

  void awaitAdvice(String workerId, String kind, long withinS) throws InterruptedException {
    AdvisoryKind awaited = AdvisoryKind.valueOf("ADVISORY_KIND_" + kind);
    if (!dispatch.awaitAdvice(workerId, awaited, Duration.ofSeconds(withinS))) {
      System.err.printf("no %s about %s within %d s%n", kind, workerId, withinS);
    }
  }

  /** An order has to be given out now. */
  void offer(String orderId, List<String> candidates, Row row) {
    dispatch
        .choose(orderId, candidates)
        .ifPresentOrElse(
            worker -> told(dispatch.handIn(List.of(row.givenTo(worker, begun)))),
            () -> System.err.printf("nobody may be given %s%n", orderId));
  }

  void awaitNotice(long withinS) throws InterruptedException {
    if (!dispatch.acknowledgeWarning(Duration.ofSeconds(withinS))) {
      System.err.printf("no warning within %d s%n", withinS);
    }
  }

  private static void told(Map<String, String> refused) {
    refused.forEach((eventId, reason) -> System.err.printf("refused: %s %s%n", eventId, reason));
  }
}
