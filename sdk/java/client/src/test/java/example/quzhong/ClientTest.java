package example.quzhong;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Metadata;
import io.grpc.Status;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ClientTest {
  private static final RetryPolicy SHORT =
      new RetryPolicy(Duration.ofMillis(1), 2, Duration.ofMillis(50), Duration.ofSeconds(30));

  private final ScriptedIntake intake = new ScriptedIntake();
  private LocalServer server;

  @BeforeEach
  void serve() throws Exception {
    server = new LocalServer(intake);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private ClientBuilder options() {
    return Client.builder(server.address(), new StaticToken("a token"), "platform-a")
        .pseudonymiser(identity -> "wwwwwwwwwwwwwwwwwwwwwwww")
        .retry(SHORT)
        .linger(Duration.ofMillis(20));
  }

  private static DispatchRow row(String eventId) {
    return DispatchRow.builder()
        .eventId(eventId)
        .identity("冀B-12345")
        .orderId("order-1")
        .eventTime(Instant.parse("2026-03-16T04:31:00Z"))
        .kind(DispatchKind.ACCEPTED)
        .areaCode("130203")
        .build();
  }

  private static void add(Client client, int rows) throws InterruptedException {
    for (int number = 0; number < rows; number++) {
      client.addDispatch(row("e-" + number));
    }
  }

  @Test
  void rowsAreSentInBatchesAndClosingLosesNone() throws Exception {
    List<BatchAnswer> answers = new CopyOnWriteArrayList<>();
    Client client =
        options().batchSize(100).linger(Duration.ofMinutes(1)).onAnswer(answers::add).build();
    add(client, 250);
    client.close();
    assertEquals(new Totals(250, 0, 0), client.totals());
    assertEquals(250, new HashSet<>(intake.accepted).size());
    assertEquals(3, intake.calls);
    assertEquals(250, answers.stream().mapToInt(answer -> answer.verdicts().size()).sum());
    assertThrows(ClientClosedException.class, () -> client.addDispatch(row("late")));
    client.close();
  }

  @Test
  void aLingeringRowGoesByItself() throws Exception {
    CompletableFuture<BatchAnswer> answered = new CompletableFuture<>();
    try (Client client = options().onAnswer(answered::complete).build()) {
      client.addDispatch(row("alone"));
      assertEquals(1, answered.get(20, TimeUnit.SECONDS).totals().accepted());
    }
  }

  @Test
  void anOutageLosesNothingAndDoublesNothing() throws Exception {
    int port = server.port();
    try (Client client = options().batchSize(10).queueRows(50).build()) {
      CompletableFuture<Void> adding =
          CompletableFuture.runAsync(
              () -> {
                try {
                  add(client, 500);
                } catch (InterruptedException stop) {
                  throw new IllegalStateException(stop);
                }
              });
      while (client.totals().accepted() < 20) {
        Thread.sleep(1);
      }
      server.leave();
      Thread.sleep(700);
      assertFalse(adding.isDone()); // it waits: no more than 50 rows are held
      server = new LocalServer(intake, port);
      adding.get(40, TimeUnit.SECONDS);
      client.flush();
      assertEquals(new Totals(500, 0, 0), client.totals());
    }
    assertEquals(500, intake.accepted.size());
    assertEquals(500, new HashSet<>(intake.accepted).size());
  }

  @Test
  void aLostAnswerIsAskedForUnderTheSameRequestId() throws Exception {
    intake.after = ScriptedIntake.status(Status.Code.UNAVAILABLE, 0);
    try (Client client = options().linger(Duration.ofMinutes(1)).build()) {
      add(client, 3);
      client.flush();
      assertEquals(new Totals(3, 0, 0), client.totals());
    }
    assertEquals(2, intake.calls);
    assertEquals(3, intake.accepted.size());
  }

  @Test
  void nobodyComesBackEarlierThanAsked() {
    intake.script.add(ScriptedIntake.status(Status.Code.RESOURCE_EXHAUSTED, 0.4));
    try (Client client = options().build()) {
      long began = System.nanoTime();
      assertEquals(1, client.submitDispatches(List.of(row("e"))).totals().accepted());
      assertTrue(System.nanoTime() - began >= 400_000_000L);
    }
  }

  @Test
  void whatCannotPassIsNotSentAgain() {
    intake.script.add(ScriptedIntake.status(Status.Code.RESOURCE_EXHAUSTED, 0));
    try (Client client = options().build()) {
      List<DispatchRow> rows = List.of(row("e"));
      assertThrows(ApiException.ResourceExhausted.class, () -> client.submitDispatches(rows));
      assertEquals(1, intake.calls);
      client.submitDispatches(rows, "一批"); // ids of the caller's own
    }
  }

  @Test
  void aFullQueueHoldsUpWhoAddsUntilClosedOrAnswered() throws Exception {
    intake.hold = new CountDownLatch(1);
    Client client = options().batchSize(5).queueRows(5).build();
    add(client, 5);
    CompletableFuture<Void> sixth =
        CompletableFuture.runAsync(
            () -> {
              try {
                client.addDispatch(row("sixth"));
              } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
              }
            });
    Thread.sleep(150);
    assertFalse(sixth.isDone());
    assertFalse(client.flush(Duration.ofMillis(10)));
    intake.hold.countDown();
    sixth.get(20, TimeUnit.SECONDS);
    client.close();
    assertEquals(6, client.totals().accepted());
  }

  @Test
  void whatIsGivenUpIsKeptAndSentAgain() throws Exception {
    intake.script.add(ScriptedIntake.status(Status.Code.PERMISSION_DENIED, 0));
    try (Client client = options().linger(Duration.ofMinutes(1)).build()) {
      add(client, 2);
      UndeliveredException told = assertThrows(UndeliveredException.class, client::flush);
      assertInstanceOf(ApiException.PermissionDenied.class, told.batches().get(0).cause());
      assertEquals(2, told.batches().get(0).batch().size());
      assertThrows(UndeliveredException.class, () -> client.addDispatch(row("third")));
      client.resend();
      client.flush();
      assertEquals(new Totals(2, 0, 0), client.totals());
    }
  }

  @Test
  void whatCloseCannotDeliverWaitsInTheSpool(@TempDir Path folder) throws Exception {
    int port = server.port();
    server.close();
    Client away = options().linger(Duration.ofMinutes(1)).spool(folder).build();
    add(away, 3);
    UndeliveredException told =
        assertThrows(UndeliveredException.class, () -> away.close(Duration.ofMillis(300)));
    assertEquals(1, told.batches().size());
    try (Stream<Path> kept = Files.list(folder)) {
      assertEquals(1, kept.count());
    }
    ClientBuilder another =
        Client.builder("127.0.0.1:1", new StaticToken("t"), "platform-b").spool(folder);
    assertThrows(IllegalArgumentException.class, another::build);
    server = new LocalServer(intake, port);
    try (Client next = options().spool(folder).build()) {
      next.addDispatch(row("later"));
      next.flush();
      assertEquals(new Totals(4, 0, 0), next.totals());
    }
    try (Stream<Path> kept = Files.list(folder)) {
      assertEquals(0, kept.count());
    }
    assertEquals(List.of("e-0", "e-1", "e-2", "later"), intake.accepted.stream().sorted().toList());
  }

  @Test
  void closingAnInterruptedThreadKeepsWhatHasNoAnswer() throws Exception {
    intake.hold = new CountDownLatch(1);
    Client client = options().build();
    add(client, 1);
    Thread.currentThread().interrupt();
    UndeliveredException told = assertThrows(UndeliveredException.class, client::close);
    assertTrue(Thread.interrupted());
    assertEquals(1, told.batches().size());
    intake.hold.countDown();
  }

  @Test
  void goodRowsOfABatchWithBadOnesAreKept() throws Exception {
    List<Rejected> rejected = new CopyOnWriteArrayList<>();
    try (Client client = options().onRejected(rejected::add).build()) {
      client.addDispatch(row("good"));
      client.addDispatch(row("bad"));
      client.flush();
      assertEquals(new Totals(1, 0, 1), client.totals());
    }
    assertEquals(1, rejected.get(0).index());
    assertEquals("AREA_UNKNOWN", rejected.get(0).reason());
    assertEquals("无此地区", rejected.get(0).messageZh());
  }

  @Test
  void whatACallbackThrowsComesOutOfFlushAndTheRowCounts() throws Exception {
    try (Client client =
        options()
            .onAnswer(
                answer -> {
                  throw new IllegalStateException("of the caller's");
                })
            .build()) {
      client.addDispatch(row("e"));
      assertThrows(IllegalStateException.class, client::flush);
      assertEquals(1, client.totals().accepted());
    }
  }

  @Test
  void aRowWithoutPseudonymiserOrTimeIsRefused() {
    try (Client client = options().pseudonymiser(null).build()) {
      assertThrows(IllegalArgumentException.class, () -> client.addDispatch(row("e")));
    }
    var untimed = DispatchRow.builder().eventId("e");
    assertTrue(
        assertThrows(IllegalArgumentException.class, untimed::build)
            .getMessage()
            .startsWith("event_time"));
    assertThrows(IllegalArgumentException.class, () -> DispatchRow.builder().payFen(-1));
  }

  @Test
  void aCorrectionKeepsWhatAnEventIsFoundBy() {
    DispatchRow row = row("e");
    assertEquals(1, row.correct(next -> next.distanceM(2)).version());
    assertTrue(row.delete().deleted());
    assertEquals(0, row.version());
    for (String field : List.of("event_id", "order_id", "identity")) {
      IllegalArgumentException told =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  row.correct(
                      next -> {
                        switch (field) {
                          case "event_id" -> next.eventId("another");
                          case "order_id" -> next.orderId("another");
                          default -> next.identity("another");
                        }
                      }));
      assertTrue(told.getMessage().startsWith(field), told.getMessage());
    }
  }

  @Test
  void optionsThatMakeNoSenseAreRefusedByName() {
    assertNamed("batchSize", options().batchSize(5_001));
    assertNamed("queueRows", options().queueRows(1));
    assertNamed("linger", options().linger(Duration.ofSeconds(-1)));
    assertNamed("maxInFlight", options().maxInFlight(0));
    assertNamed("timeout", options().timeout(Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class,
        () -> new RetryPolicy(Duration.ZERO, 2, Duration.ZERO, Duration.ZERO));
  }

  private static void assertNamed(String option, ClientBuilder options) {
    IllegalArgumentException told = assertThrows(IllegalArgumentException.class, options::build);
    assertTrue(told.getMessage().startsWith(option), told.getMessage());
  }

  @Test
  void anUploadTellsThePlaceAmongAllRows() throws Exception {
    List<DispatchRow> rows = new ArrayList<>();
    for (int number = 0; number < 25; number++) {
      rows.add(row((number == 17 ? "bad-" : "e-") + number));
    }
    try (Client client = options().batchSize(10).build()) {
      UploadAnswer answer = client.uploadDispatches(rows);
      assertEquals(new Totals(24, 0, 1), answer.totals());
      assertEquals(17, answer.rejections().get(0).index());
      assertEquals(answer.totals(), client.totals());
      intake.script.add(ScriptedIntake.status(Status.Code.PERMISSION_DENIED, 0));
      assertThrows(ApiException.PermissionDenied.class, () -> client.uploadDispatches(rows));
    }
  }

  @Test
  void aCallCarriesTokenAndTraceOfWhoAddedTheRows() throws Exception {
    SdkTracerProvider tracing =
        SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(InMemorySpanExporter.create()))
            .build();
    Span span = tracing.get("test").spanBuilder("shift").startSpan();
    try (Client client = options().build()) {
      try (Scope scope = span.makeCurrent()) {
        client.addDispatch(row("e"));
      }
      client.flush();
    }
    Metadata sent = server.headers.get(0);
    assertEquals(
        "Bearer a token",
        sent.get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER)));
    String parent = sent.get(Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER));
    assertTrue(parent.contains(span.getSpanContext().getTraceId()), parent);
  }
}
