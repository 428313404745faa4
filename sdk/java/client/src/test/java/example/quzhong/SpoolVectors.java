package example.quzhong;

import com.fasterxml.jackson.databind.JsonNode;
import example.quzhong.api.events.v1.Dispatch;
import example.quzhong.api.events.v1.WorkSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the client makes of the vectors of the spool. */
final class SpoolVectors {
  private SpoolVectors() {}

  static Object spool(JsonNode given) throws IOException {
    Path folder = Files.createTempDirectory("quzhong-");
    List<Path> files = new ArrayList<>();
    for (JsonNode each : given.get("files")) {
      Path file = folder.resolve(each.get("name").asText());
      Files.write(file, Base64.getDecoder().decode(each.get("content").asText()));
      files.add(file);
      Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(files.size())));
    }
    Spool spool = new Spool(folder, given.get("platform_id").asText());
    List<Batch> batches;
    try {
      batches = spool.batches(new RequestIds());
    } catch (RuntimeException error) {
      return Map.of("refused", named(files, error));
    }
    for (Path file : files) {
      Files.delete(file);
    }
    spool.keep(batches.stream().map(each -> new Undelivered(each, null)).toList());
    Map<String, String> kept = new TreeMap<>();
    try (Stream<Path> there = Files.list(folder)) {
      for (Path file : there.toList()) {
        String content = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
        kept.put(file.getFileName().toString(), content);
      }
    }
    batches.forEach(spool::forget);
    Files.delete(folder); // which fails if something is left
    return Map.of("batches", batches.stream().map(SpoolVectors::told).toList(), "files", kept);
  }

  private static String named(List<Path> files, RuntimeException error) {
    return files.stream()
        .map(file -> file.getFileName().toString())
        .filter(name -> error.getMessage().startsWith("spool: " + name + ": "))
        .findFirst()
        .orElseThrow(() -> error);
  }

  private static Map<String, Object> told(Batch batch) {
    boolean dispatches = batch.kind() == RowKind.DISPATCH;
    List<String> ids =
        batch.rows().stream()
            .map(
                row ->
                    dispatches ? ((Dispatch) row).getEventId() : ((WorkSession) row).getEventId())
            .toList();
    String kind = dispatches ? "dispatch" : "work_session";
    return Map.of("kind", kind, "request_id", batch.requestId(), "event_ids", ids);
  }
}
