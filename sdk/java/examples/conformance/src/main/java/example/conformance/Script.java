package example.conformance;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import example.quzhong.DispatchKind;
import example.quzhong.ServiceKind;
import example.quzhong.Vehicle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What {@code script.json} says. A step, or a field of a row, that this program does not know ends
 * it: the kit is newer, and would find the scenario not played.
 *
 * @param form of the document
 */
@JsonIgnoreProperties({"platform_id", "outage_s"})
record Script(String form, List<Scenario> scenarios) {
  private static final String FORM = "quzhong-conformance-script/1";

  static Script read(Path file) throws IOException {
    JsonMapper mapper =
        JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
    Script script = mapper.readValue(file.toFile(), Script.class);
    if (!FORM.equals(script.form)) {
      throw new IOException(
          "%s: form %s; this program plays %s: take the one that came with the kit"
              .formatted(file, script.form, FORM));
    }
    return script;
  }

  /** Steps that are played one after the other. */
  @JsonIgnoreProperties("asks")
  record Scenario(String scenarioId, Title title, List<Step> steps) {}

  record Title(String zh, String en) {}

  /**
   * An event to be.
   *
   * @param atS when it happened: seconds from the moment the scenario is begun, negative: before
   * @param trueAtS the same by a right clock, where {@code atS} is by a wrong one; else null
   */
  record Row(
      String eventId,
      String workerId,
      String orderId,
      long atS,
      Long trueAtS,
      DispatchKind kind,
      String areaCode,
      ServiceKind service,
      Vehicle vehicle,
      Long distanceM) {

    OrderEvent event(Instant begun) {
      return event(eventId, workerId, begun.plusSeconds(atS));
    }

    /** By a right clock. */
    OrderEvent trueEvent(Instant begun) {
      return event(eventId, workerId, begun.plusSeconds(trueAtS == null ? atS : trueAtS));
    }

    /** Of a row that leaves open whom the order goes to. */
    OrderEvent givenTo(String worker, Instant begun) {
      return event(orderId + "-" + worker, worker, begun.plusSeconds(atS));
    }

    private OrderEvent event(String id, String worker, Instant at) {
      return new OrderEvent(id, worker, orderId, at, kind, areaCode, service, vehicle, distanceM);
    }
  }

  /** Values of an event that were wrong. */
  record Changes(long distanceM) {}

  /** One thing to do; {@link Replay} says what each means. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "do")
  @JsonSubTypes({
    @Type(value = Send.class, name = "send"),
    @Type(value = Correct.class, name = "correct"),
    @Type(value = Delete.class, name = "delete"),
    @Type(value = SendSkewed.class, name = "send_skewed"),
    @Type(value = Stream.class, name = "stream"),
    @Type(value = AwaitAdvice.class, name = "await_advice"),
    @Type(value = Offer.class, name = "offer"),
    @Type(value = AwaitNotice.class, name = "await_notice"),
    @Type(value = Finish.class, name = "finish"),
  })
  sealed interface Step {
    void play(Replay replay) throws InterruptedException;
  }

  record Send(List<Row> rows) implements Step {
    @Override
    public void play(Replay replay) {
      replay.send(rows);
    }
  }

  record Correct(String eventId, Changes set) implements Step {
    @Override
    public void play(Replay replay) {
      replay.correct(eventId, set);
    }
  }

  record Delete(String eventId) implements Step {
    @Override
    public void play(Replay replay) {
      replay.delete(eventId);
    }
  }

  record SendSkewed(List<Row> rows) implements Step {
    @Override
    public void play(Replay replay) {
      replay.sendSkewed(rows);
    }
  }

  record Stream(List<Row> rows, long everyMs) implements Step {
    @Override
    public void play(Replay replay) throws InterruptedException {
      replay.stream(rows, everyMs);
    }
  }

  record AwaitAdvice(String workerId, String kind, long withinS) implements Step {
    @Override
    public void play(Replay replay) throws InterruptedException {
      replay.awaitAdvice(workerId, kind, withinS);
    }
  }

  record Offer(String orderId, List<String> candidates, Row row) implements Step {
    @Override
    public void play(Replay replay) {
      replay.offer(orderId, candidates, row);
    }
  }

  record AwaitNotice(long withinS) implements Step {
    @Override
    public void play(Replay replay) throws InterruptedException {
      replay.awaitNotice(withinS);
    }
  }

  record Finish(Row row) implements Step {
    @Override
    public void play(Replay replay) {
      replay.send(List.of(row));
    }
  }
}
