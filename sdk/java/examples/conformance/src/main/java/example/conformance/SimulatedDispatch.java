package example.conformance;

import example.quzhong.BatchAnswer;
import example.quzhong.Client;
import example.quzhong.DispatchRow;
import example.quzhong.Rejected;
import example.quzhong.RetryPolicy;
import example.quzhong.api.workhours.v1.AdvisoryKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stands where a platform's dispatch system is: it has no orders of its own and remembers in memory
 * what it handed in. What it does with the client is what a real one does.
 */
final class SimulatedDispatch implements DispatchSystem {
  /**
   * Waits of 2 s at most, as a run and its outage are short; it gives up later than the longest
   * outage that the kit can be asked for (10 min).
   */
  static final RetryPolicy RETRY =
      new RetryPolicy(Duration.ofMillis(100), 2, Duration.ofSeconds(2), Duration.ofMinutes(15));

  private final Client client;
  private final Advice advice;
  private final Warnings warnings;

  /** By event id, as sent last: the next version is made of it. A platform has it in a database. */
  private final Map<String, DispatchRow> sent = new HashMap<>();

  SimulatedDispatch(Connection connection) throws IOException {
    client =
        Client.builder(connection.address(), connection.credential(), connection.platformId())
            // The script's workers are pseudonyms already; a platform's pass through an
            // ObliviousPseudonymiser.
            .pseudonymiser(workerId -> workerId)
            .channelCredentials(connection.transport())
            .linger(Duration.ofMillis(50))
            .retry(RETRY)
            .build();
    advice = new Advice(connection);
    warnings = new Warnings(connection);
  }

  @Override
  public Map<String, String> handIn(List<OrderEvent> events) {
    BatchAnswer answer = client.submitDispatches(events.stream().map(this::row).toList());
    Map<String, String> refused = new HashMap<>();
    for (Rejected each : answer.rejections()) {
      refused.put(events.get((int) each.index()).eventId(), each.reason());
    }
    return refused;
  }

  @Override
  public void stream(OrderEvent event) throws InterruptedException {
    client.addDispatch(row(event));
  }

  @Override
  public void settle() throws InterruptedException {
    client.flush();
  }

  @Override
  public void correctDistance(String eventId, long distanceM) {
    replace(sent.get(eventId).correct(change -> change.distanceM(distanceM)));
  }

  @Override
  public void delete(String eventId) {
    replace(sent.get(eventId).delete());
  }

  @Override
  public boolean awaitAdvice(String workerId, AdvisoryKind kind, Duration within)
      throws InterruptedException {
    return advice.await(workerId, kind, within);
  }

  @Override
  public Optional<String> choose(String orderId, List<String> candidates) {
    Instant now = Instant.now();
    return candidates.stream().filter(each -> advice.allowsOrder(each, now)).findFirst();
  }

  @Override
  public boolean acknowledgeWarning(Duration within) throws InterruptedException {
    return warnings.acknowledgeNext(within);
  }

  /** The last one first, and each though another fails. */
  @Override
  public void close() {
    try (client;
        warnings) {
      advice.close();
    }
  }

  private void replace(DispatchRow next) {
    sent.put(next.eventId(), next);
    client.submitDispatches(List.of(next));
  }

  private DispatchRow row(OrderEvent event) {
    DispatchRow row =
        DispatchRow.builder()
            .eventId(event.eventId())
            .identity(event.workerId())
            .orderId(event.orderId())
            .eventTime(event.at())
            .kind(event.kind())
            .areaCode(event.areaCode())
            .service(event.service())
            .vehicle(event.vehicle())
            .distanceM(event.distanceM())
            .build();
    sent.put(row.eventId(), row);
    return row;
  }
}
