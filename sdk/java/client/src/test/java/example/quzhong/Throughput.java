package example.quzhong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Timestamp;
import example.quzhong.api.events.v1.Dispatch;
import example.quzhong.api.intake.v1.IntakeServiceGrpc;
import example.quzhong.api.intake.v1.SubmitDispatchesRequest;
import example.quzhong.api.intake.v1.SubmitDispatchesResponse;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/**
 * Rows a second through the client beside a bare loop over the generated stub, to a server that
 * answers the same each time: {@code bench/sdks.py} starts both, each on a core of its own.
 */
final class Throughput {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long BEGIN = Instant.parse("2026-03-16T04:31:00Z").getEpochSecond();
  private static final String PSEUDONYM = "wwwwwwwwwwwwwwwwwwwwwwww";

  private final String address;
  private final int rows;
  private final int batchSize;
  private final int maxInFlight;

  private Throughput(JsonNode task) {
    address = task.get("address").asText();
    rows = task.get("rows").asInt();
    batchSize = task.get("batch_size").asInt();
    maxInFlight = task.get("max_in_flight").asInt();
  }

  private interface Way {
    void run() throws Exception;
  }

  /** Reads the task from standard input. */
  public static void main(String[] arguments) throws Exception {
    JsonNode task = JSON.readTree(System.in);
    Throughput measured = new Throughput(task);
    int rounds = task.get("rounds").asInt();
    double[] bare = new double[rounds];
    double[] client = new double[rounds];
    for (int round = -1; round < rounds; round++) { // the first one warms up
      double bareRate = measured.rate(measured::bare);
      double clientRate = measured.rate(measured::client);
      if (round >= 0) {
        bare[round] = bareRate;
        client[round] = clientRate;
      }
    }
    System.out.println(
        JSON.writeValueAsString(
            Map.of(
                "language",
                "java",
                "rows",
                measured.rows,
                "client_rows_per_s",
                median(client),
                "bare_rows_per_s",
                median(bare),
                "ratio",
                median(client) / median(bare))));
  }

  private static double median(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private double rate(Way way) throws Exception {
    long began = System.nanoTime();
    way.run();
    return rows / ((System.nanoTime() - began) / 1e9);
  }

  private void bare() throws Exception {
    ManagedChannel channel = Channels.open(address, null);
    var intake = IntakeServiceGrpc.newStub(channel).withInterceptors(Channels.bearer("a token"));
    Semaphore inFlight = new Semaphore(maxInFlight);
    for (int start = 0; start < rows; start += batchSize) {
      SubmitDispatchesRequest.Builder request =
          SubmitDispatchesRequest.newBuilder()
              .setRequestId("bare-" + start)
              .setPlatformId("platform-a");
      IntStream.range(start, start + batchSize)
          .forEach(number -> request.addDispatches(message(number)));
      inFlight.acquire();
      intake.submitDispatches(
          request.build(),
          new StreamObserver<>() {
            @Override
            public void onNext(SubmitDispatchesResponse answer) {
              if (answer.getAnswer().getAccepted() != batchSize) {
                throw new IllegalStateException("not accepted");
              }
            }

            @Override
            public void onError(Throwable error) {
              error.printStackTrace();
              System.exit(1);
            }

            @Override
            public void onCompleted() {
              inFlight.release();
            }
          });
    }
    inFlight.acquire(maxInFlight);
    channel.shutdownNow();
  }

  private static Dispatch message(int number) {
    return Dispatch.newBuilder()
        .setEventId("e-" + number)
        .setWorkerId(PSEUDONYM)
        .setOrderId("o-" + number / 2)
        .setEventTime(Timestamp.newBuilder().setSeconds(BEGIN + number))
        .setKind(example.quzhong.api.events.v1.DispatchKind.DISPATCH_KIND_ACCEPTED)
        .setAreaCode("130203")
        .setService(example.quzhong.api.events.v1.ServiceKind.SERVICE_KIND_FOOD_DELIVERY)
        .setVehicle(example.quzhong.api.events.v1.Vehicle.VEHICLE_E_BIKE)
        .setDistanceM(1_000 + number % 5_000)
        .build();
  }

  private void client() throws Exception {
    try (Client client =
        Client.builder(address, new StaticToken("a token"), "platform-a")
            .pseudonymiser(identity -> PSEUDONYM)
            .batchSize(batchSize)
            .maxInFlight(maxInFlight)
            .queueRows(20_000)
            .linger(Duration.ofMinutes(1)) // full batches only: the server's answer is that of one
            .build()) {
      for (int number = 0; number < rows; number++) {
        client.addDispatch(
            DispatchRow.builder()
                .eventId("e-" + number)
                .identity("identity-" + number % 100)
                .orderId("o-" + number / 2)
                .eventTime(Instant.ofEpochSecond(BEGIN + number))
                .kind(DispatchKind.ACCEPTED)
                .areaCode("130203")
                .service(ServiceKind.FOOD_DELIVERY)
                .vehicle(Vehicle.E_BIKE)
                .distanceM(1_000 + number % 5_000)
                .build());
      }
      client.flush();
      if (client.totals().accepted() != rows) {
        throw new IllegalStateException("not accepted");
      }
    }
  }
}
