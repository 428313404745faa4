package example.quzhong;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class VectorsTest {
  private static final Path FOLDER = Path.of("..", "..", "vectors");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What this client makes of the given of a case. */
  interface Runner {
    Object run(JsonNode given) throws Exception;
  }

  private static final Map<String, Runner> RUNNERS =
      Map.of(
          "batches.json", ValueVectors::batch,
          "errors.json", ValueVectors::error,
          "identities.json", ValueVectors::identity,
          "oprf.json", ValueVectors::oprf,
          "retries.json", ValueVectors::retries,
          "spool.json", SpoolVectors::spool,
          "tokens.json", ServerVectors::tokens,
          "watches.json", ServerVectors::watch);

  private static JsonNode read(String name) throws IOException {
    return JSON.readTree(Files.readAllBytes(FOLDER.resolve(name)));
  }

  @Test
  void everyFileIsCountedAndRun() throws IOException {
    Set<String> counted =
        read("index.json").properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    try (Stream<Path> files = Files.list(FOLDER)) {
      Set<String> there =
          files
              .map(path -> path.getFileName().toString())
              .filter(name -> name.endsWith(".json") && !name.equals("index.json"))
              .collect(Collectors.toSet());
      assertEquals(there, counted);
    }
    assertEquals(new TreeSet<>(counted), new TreeSet<>(RUNNERS.keySet()));
  }

  @TestFactory
  Stream<DynamicNode> everyVectorGivesWhatItsFileSays() throws IOException {
    JsonNode counts = read("index.json");
    return counts.properties().stream().map(each -> cases(each.getKey(), each.getValue().asInt()));
  }

  private static DynamicNode cases(String name, int count) {
    Set<String> ran = new HashSet<>();
    try {
      Stream<DynamicNode> tests =
          read(name).get("cases").valueStream().map(vector -> test(name, vector, ran));
      DynamicNode all =
          DynamicTest.dynamicTest("all were run", () -> assertEquals(count, ran.size(), name));
      return DynamicContainer.dynamicContainer(name, Stream.concat(tests, Stream.of(all)));
    } catch (IOException error) {
      throw new IllegalStateException(error);
    }
  }

  private static DynamicNode test(String name, JsonNode vector, Set<String> ran) {
    String title = vector.get("name").asText();
    return DynamicTest.dynamicTest(
        title,
        () -> {
          JsonNode told = JSON.valueToTree(RUNNERS.get(name).run(vector.get("given")));
          assertEquals(plain(vector.get("expected")), plain(told));
          ran.add(title);
        });
  }

  /** 2 and 2.0 are one number. */
  private static Object plain(JsonNode node) {
    if (node.isObject()) {
      return node.properties().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, each -> plain(each.getValue())));
    }
    if (node.isArray()) {
      return node.valueStream().map(VectorsTest::plain).toList();
    }
    return node.isNumber() ? (Object) node.asDouble() : node.toString();
  }
}
