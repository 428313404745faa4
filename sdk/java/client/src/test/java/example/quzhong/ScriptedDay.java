package example.quzhong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Sends a day of rows as a platform's dispatch system would: with a key of its own, pseudonyms of
 * the registry, and rows that come one after the other. The tests of all languages have one like
 * it.
 */
final class ScriptedDay {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ScriptedDay() {}

  /** Reads the task from standard input. */
  public static void main(String[] arguments) throws Exception {
    Totals totals = sent(JSON.readTree(System.in));
    System.out.println(
        JSON.writeValueAsString(
            Map.of(
                "accepted",
                totals.accepted(),
                "duplicate",
                totals.duplicate(),
                "rejected",
                totals.rejected())));
  }

  private static Totals sent(JsonNode task) throws Exception {
    String address = task.get("address").asText();
    PrivateKeyJwt credential =
        PrivateKeyJwt.builder(
                task.get("client_id").asText(),
                Files.readString(Path.of(task.get("key_file").asText())),
                task.get("token_url").asText())
            .build();
    try (ObliviousPseudonymiser pseudonyms =
        ObliviousPseudonymiser.builder(address, credential).build()) {
      Client client =
          Client.builder(address, credential, task.get("platform_id").asText())
              .pseudonymiser(pseudonyms)
              .batchSize(task.get("batch_size").asInt())
              .queueRows(task.get("queue_rows").asInt())
              .linger(Duration.ofMillis(task.get("linger_ms").asLong()))
              .build();
      long added = 0;
      long held = 0;
      long pause = (long) (task.get("interval_ms").asDouble() * 1e6);
      for (JsonNode each : task.get("work_sessions")) {
        client.addWorkSession(RowJson.workSession(each));
        held = Math.max(held, ++added - client.totals().sent());
        Thread.sleep(Duration.ofNanos(pause).toMillis(), (int) (pause % 1_000_000));
      }
      for (JsonNode each : task.get("dispatches")) {
        client.addDispatch(RowJson.dispatch(each));
        held = Math.max(held, ++added - client.totals().sent());
        Thread.sleep(Duration.ofNanos(pause).toMillis(), (int) (pause % 1_000_000));
      }
      client.close();
      System.err.println("at most " + held + " rows were held");
      return client.totals();
    }
  }
}
