package example.quzhong;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ObliviousPseudonymiserTest {
  private static final RetryPolicy SHORT =
      new RetryPolicy(Duration.ofMillis(1), 2, Duration.ofMillis(50), Duration.ofSeconds(30));

  private final Evaluator registry = new Evaluator();
  private LocalServer server;

  @BeforeEach
  void serve() throws Exception {
    registry.keys.put(1, Evaluator.key(1));
    server = new LocalServer(registry);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private ObliviousPseudonymiser.Builder options() {
    return ObliviousPseudonymiser.builder(server.address(), new StaticToken("a token"))
        .retry(SHORT);
  }

  @Test
  void eachPersonIsAskedForOnce() {
    List<String> identities =
        IntStream.range(0, 25).mapToObj(number -> "冀B-" + (10_000 + number % 20)).toList();
    try (ObliviousPseudonymiser pseudonyms = options().batchSize(8).build()) {
      List<String> made = pseudonyms.pseudonyms(identities);
      assertEquals(20, made.stream().distinct().count());
      assertEquals(List.of(8, 8, 4), registry.asked);
      assertEquals(made.get(0), pseudonyms.pseudonym("冀b-10000"));
      assertEquals(3, registry.asked.size());
      assertEquals(24, made.get(0).length());
    }
  }

  @Test
  void aMistypedNumberIsRefusedBeforeAnybodyIsAsked() {
    try (ObliviousPseudonymiser pseudonyms = options().build()) {
      List<String> identities = List.of("冀B-12345", "110105194912310021");
      IdentityException told =
          assertThrows(IdentityException.class, () -> pseudonyms.pseudonyms(identities));
      assertEquals("CHECK_CHARACTER", told.reason());
      assertEquals(List.of(), registry.asked);
    }
  }

  @Test
  void anOutageOfTheRegistryIsWaitedFor() {
    registry.script.add(ScriptedIntake.status(Status.Code.UNAVAILABLE, 0));
    try (ObliviousPseudonymiser pseudonyms = options().build()) {
      assertEquals(24, pseudonyms.pseudonym("冀B-12345").length());
      assertEquals(2, registry.asked.size());
    }
  }

  @Test
  void anotherKeyThanThePinnedOneIsRefused() {
    var pins = Map.of(1, Evaluator.publicKey(Evaluator.key(2)));
    try (ObliviousPseudonymiser pseudonyms = options().pins(pins).build()) {
      assertThrows(PseudonymException.KeyChanged.class, () -> pseudonyms.pseudonym("冀B-12345"));
      assertEquals(List.of(), registry.asked);
    }
  }

  @Test
  void aKeyThatChangesUnderItsVersionIsRefused() {
    try (ObliviousPseudonymiser pseudonyms = options().build()) {
      pseudonyms.pseudonym("冀B-12345");
      registry.keys.put(1, Evaluator.key(3));
      assertThrows(
          PseudonymException.EvaluationRefused.class, () -> pseudonyms.pseudonym("冀B-12346"));
    }
  }

  @Test
  void aVersionThatWentIsAskedForAnew() {
    try (ObliviousPseudonymiser pseudonyms = options().build()) {
      pseudonyms.pseudonym("冀B-12345");
      registry.keys.put(2, Evaluator.key(2));
      registry.script.add(ScriptedIntake.status(Status.Code.FAILED_PRECONDITION, 0));
      assertThrows(ApiException.FailedPrecondition.class, () -> pseudonyms.pseudonym("冀B-12346"));
      pseudonyms.pseudonym("冀B-12346");
      assertEquals(2, pseudonyms.keys().size());
    }
  }

  @Test
  void theLatestVersionThatHasBegunIsUsedAndBothCanBeLinked() {
    registry.keys.put(2, Evaluator.key(2));
    registry.keys.put(Integer.MAX_VALUE, Evaluator.key(3)); // of 2038
    try (ObliviousPseudonymiser pseudonyms = options().build()) {
      List<String> workers = List.of("冀B-12345", "冀B-12346");
      List<String> now = pseudonyms.pseudonyms(workers);
      assertEquals(now, pseudonyms.pseudonyms(workers, 2));
      assertNotEquals(now, pseudonyms.pseudonyms(workers, 1));
      assertEquals(List.of(1), pseudonyms.link(workers, 1, 2));
      assertEquals(now.get(1), registry.linked.get(0).getLinks(1).getNewPseudonym());
      assertThrows(PseudonymException.class, () -> pseudonyms.pseudonyms(workers, 7));
    }
  }
}
