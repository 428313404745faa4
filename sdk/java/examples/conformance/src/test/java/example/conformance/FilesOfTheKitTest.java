package example.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kit wrote, where it was carried to, and in another release than ours. */
class FilesOfTheKitTest {
  private static final String CONNECT =
      """
      {"address": "kit.example:50061", "tls": true, "platform_id": "swift", "token_file": "%s",
       "token_url": "http://kit.example/oauth/token", "client_id": "c", "private_key_file": "%s",
       "of_a_newer_kit": 1}
      """;

  @TempDir Path folder;

  @Test
  void relativePathsAreFoundBesideTheFile() throws IOException {
    Connection told = connection("platform.token", "keys/platform.pem");
    assertEquals(folder.resolve("platform.token"), told.tokenFile());
    assertEquals(folder.resolve("keys/platform.pem"), told.privateKeyFile());
  }

  @Test
  void absolutePathsStay(@TempDir Path elsewhere) throws IOException {
    Path token = Files.writeString(elsewhere.resolve("platform.token"), "qz_a_b\n");
    Connection told = connection(token.toString(), "platform.pem");
    assertEquals(token, told.tokenFile());
    assertEquals("qz_a_b", told.byToken().token());
  }

  @Test
  void aStepOfANewerKitIsSaidAndNotLeftOut() throws IOException {
    String step = "{\"do\": \"send_by_pigeon\", \"rows\": []}";
    IOException told = assertThrows(IOException.class, () -> script(step));
    assertTrue(told.getMessage().contains("send_by_pigeon"), told.getMessage());
  }

  @Test
  void aScriptOfAnotherFormIsNotPlayed() throws IOException {
    Path file = Files.writeString(folder.resolve("script.json"), "{\"form\": \"another/2\"}");
    IOException told = assertThrows(IOException.class, () -> Script.read(file));
    assertTrue(told.getMessage().contains("another/2"), told.getMessage());
  }

  private Connection connection(String tokenFile, String keyFile) throws IOException {
    Path file = folder.resolve("connect.json");
    Files.writeString(file, CONNECT.formatted(tokenFile, keyFile));
    return Connection.read(file);
  }

  private Script script(String step) throws IOException {
    String document =
        """
        {"form": "quzhong-conformance-script/1", "scenarios": [{"scenario_id": "duplicates",
         "title": {"zh": "去重", "en": "Duplicates"}, "steps": [%s]}]}
        """
            .formatted(step);
    return Script.read(Files.writeString(folder.resolve("script.json"), document));
  }
}
