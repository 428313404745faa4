package example.dispatch;

import example.quzhong.Client;
import example.quzhong.DispatchKind;
import example.quzhong.DispatchRow;
import example.quzhong.ServiceKind;
import example.quzhong.Vehicle;
import example.quzhong.WorkSessionKind;
import example.quzhong.WorkSessionRow;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** A rider's made-up shift: online, eight orders with a break after the fourth, offline. */
@Component
@ConditionalOnProperty("quzhong.simulate-shift")
class SimulatedShift implements ApplicationRunner {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatedShift.class);
  private static final String RIDER = "冀B-20077"; // a licence's number
  private static final int ORDERS = 8;
  private static final Duration ORDER = Duration.ofMinutes(25);
  private static final Duration BREAK = Duration.ofMinutes(30);

  private final Client client;
  private final String shift = Long.toString(Instant.now().toEpochMilli(), 36);

  SimulatedShift(Client client) {
    this.client = client;
  }

  @Override
  public void run(ApplicationArguments arguments) throws InterruptedException {
    Instant now = Instant.now().minus(Duration.ofHours(6));
    add("on", now, WorkSessionKind.ONLINE);
    for (int order = 0; order < ORDERS; order++) {
      add(order, now, DispatchKind.ACCEPTED);
      now = now.plus(ORDER);
      add(order, now, DispatchKind.COMPLETED);
      now = now.plus(Duration.ofMinutes(5));
      if (order == ORDERS / 2 - 1) {
        add("break", now, WorkSessionKind.BREAK_START);
        now = now.plus(BREAK);
        add("back", now, WorkSessionKind.BREAK_END);
      }
    }
    add("off", now, WorkSessionKind.OFFLINE);
    client.flush();
    LOG.info("the shift is handed in: {}", client.totals());
  }

  private void add(String name, Instant at, WorkSessionKind kind) throws InterruptedException {
    client.addWorkSession(
        WorkSessionRow.builder()
            .eventId(shift + "-" + name)
            .identity(RIDER)
            .eventTime(at)
            .kind(kind)
            .areaCode("130203")
            .vehicle(Vehicle.E_BIKE)
            .build());
  }

  private void add(int order, Instant at, DispatchKind kind) throws InterruptedException {
    client.addDispatch(
        DispatchRow.builder()
            .eventId(shift + "-" + order + "-" + kind)
            .identity(RIDER)
            .orderId(shift + "-" + order)
            .eventTime(at)
            .kind(kind)
            .areaCode("130203")
            .service(ServiceKind.FOOD_DELIVERY)
            .vehicle(Vehicle.E_BIKE)
            .distanceM(1_500 + 200L * order)
            .promised(Duration.ofMinutes(30))
            .payFen(500 + 30L * order)
            .build());
  }
}
