package example.dispatch;

import example.quzhong.Client;
import example.quzhong.DispatchKind;
import example.quzhong.DispatchRow;
import example.quzhong.IdentityException;
import example.quzhong.ServiceKind;
import example.quzhong.Totals;
import example.quzhong.Vehicle;
import java.time.Duration;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where the platform's own systems tell what happened to an order. */
@RestController
class OrderEvents {
  private final Client client;

  OrderEvents(Client client) {
    this.client = client;
  }

  /** As the platform's systems tell it. */
  record OrderEvent(
      String eventId,
      String rider,
      String orderId,
      Instant at,
      DispatchKind kind,
      String areaCode,
      Long distanceM,
      Duration promised) {}

  /**
   * Answers at once; a queue that is full (Quzhong is away) makes the caller wait instead of
   * filling the memory.
   */
  @PostMapping("/order-events")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void add(@RequestBody OrderEvent event) throws InterruptedException {
    client.addDispatch(
        DispatchRow.builder()
            .eventId(event.eventId())
            .identity(event.rider()) // stays in this process
            .orderId(event.orderId())
            .eventTime(event.at())
            .kind(event.kind())
            .areaCode(event.areaCode())
            .service(ServiceKind.FOOD_DELIVERY)
            .vehicle(Vehicle.E_BIKE)
            .distanceM(event.distanceM())
            .promised(event.promised())
            .build());
  }

  @GetMapping("/totals")
  Totals totals() {
    return client.totals();
  }

  /** A number that cannot be right: said without the number. */
  @ExceptionHandler
  ProblemDetail refused(IdentityException wrong) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, wrong.getMessage());
  }
}
