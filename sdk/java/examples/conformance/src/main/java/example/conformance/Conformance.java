package example.conformance;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A platform's integration, put through the conformance kit: plays the script of a folder that
 * {@code quzhong conformance} wrote.
 *
 * <p>{@link Connection} where to, and with what. {@link Script} what there is to do. {@link Replay}
 * does it, step by step, to a {@link DispatchSystem}. {@link SimulatedDispatch} is the one that is
 * there to be replaced by one's own.
 */
public final class Conformance {
  private Conformance() {}

  /** The folder is the one argument; {@code conformance} without. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments.length == 0 ? "conformance" : arguments[0]);
    if (!Files.exists(folder.resolve("connect.json"))) {
      System.err.printf(
          "%s has no connect.json: start quzhong conformance first, and name the folder that it"
              + " writes (--out)%n",
          folder);
      System.exit(2);
    }
    Connection connection = Connection.read(folder.resolve("connect.json"));
    Script script = Script.read(folder.resolve("script.json"));
    try (DispatchSystem dispatch = new SimulatedDispatch(connection)) { // your own in its place
      new Replay(dispatch).play(script);
    }
  }
}
