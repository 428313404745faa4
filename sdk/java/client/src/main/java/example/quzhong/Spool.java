package example.quzhong;

import com.google.protobuf.InvalidProtocolBufferException;
import example.quzhong.api.intake.v1.SubmitDispatchesRequest;
import example.quzhong.api.intake.v1.SubmitWorkSessionsRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder of batches that wait for a better time: a request a file, as it is sent. A file is made
 * whole or not at all, and goes once its batch is answered; what is sent twice in between has the
 * same request id and counts once.
 */
final class Spool {
  private static final System.Logger LOG = System.getLogger("quzhong");
  private static final Map<RowKind, String> SUFFIXES =
      Map.of(RowKind.DISPATCH, ".dispatches.pb", RowKind.WORK_SESSION, ".work-sessions.pb");

  private final Path folder;
  private final String platformId;

  Spool(Path folder, String platformId) {
    this.folder = folder;
    this.platformId = platformId;
    try {
      Files.createDirectories(folder);
      if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        // The rows tell what pseudonyms did: nobody else's business.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
    } catch (IOException error) {
      throw unusable(error);
    }
  }

  /** Writes what could not be delivered. On an error the rest is tried all the same. */
  void keep(List<Undelivered> undelivered) {
    UncheckedIOException failed = null;
    for (Undelivered each : undelivered) {
      try {
        write(each.batch());
      } catch (IOException error) {
        UncheckedIOException told = unusable(error);
        if (failed == null) {
          failed = told;
        } else {
          failed.addSuppressed(told);
        }
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  /** Batches of earlier clients, in the order they were kept, numbered by the ids of this one. */
  List<Batch> batches(RequestIds ids) {
    try (Stream<Path> files = Files.list(folder)) {
      record File(Path path, long since) {}
      List<File> found = new ArrayList<>();
      for (Path path :
          files.filter(each -> each.getFileName().toString().endsWith(".pb")).toList()) {
        found.add(new File(path, Files.getLastModifiedTime(path).toMillis()));
      }
      found.sort(Comparator.comparingLong(File::since).thenComparing(File::path));
      List<Batch> kept = new ArrayList<>();
      for (File each : found) {
        kept.add(read(each.path, ids.next()));
      }
      return kept;
    } catch (IOException error) {
      throw unusable(error);
    }
  }

  /** A batch that was answered. It need not have been kept. */
  void forget(Batch batch) {
    try {
      Files.deleteIfExists(path(batch));
    } catch (IOException error) {
      LOG.log(
          Level.WARNING,
          "an answered batch stays in the spool and will count as a resent one",
          error);
    }
  }

  /** Request ids may have any printable character, file names may not. */
  private Path path(Batch batch) {
    byte[] id = batch.requestId().getBytes(StandardCharsets.UTF_8);
    return folder.resolve(HexFormat.of().formatHex(id) + SUFFIXES.get(batch.kind()));
  }

  private void write(Batch batch) throws IOException {
    Path unfinished = Files.createTempFile(folder, "unfinished-", "");
    try {
      try (FileChannel file = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        ByteBuffer content = ByteBuffer.wrap(batch.request(platformId).toByteArray());
        while (content.hasRemaining()) {
          file.write(content);
        }
        file.force(true);
      }
      Files.move(unfinished, path(batch), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private Batch read(Path path, long number) throws IOException {
    byte[] content = Files.readAllBytes(path);
    try {
      if (path.toString().endsWith(SUFFIXES.get(RowKind.WORK_SESSION))) {
        var request = SubmitWorkSessionsRequest.parseFrom(content);
        checkPlatform(path, request.getPlatformId());
        return new Batch(
            RowKind.WORK_SESSION,
            number,
            request.getRequestId(),
            request.getWorkSessionsList(),
            Map.of());
      }
      var request = SubmitDispatchesRequest.parseFrom(content);
      checkPlatform(path, request.getPlatformId());
      return new Batch(
          RowKind.DISPATCH, number, request.getRequestId(), request.getDispatchesList(), Map.of());
    } catch (InvalidProtocolBufferException error) {
      throw new IOException(path.getFileName() + ": no batch", error);
    }
  }

  private void checkPlatform(Path path, String owner) {
    if (!owner.equals(platformId)) {
      throw new IllegalArgumentException(
          "spool: %s: a batch of %s, not of %s; each has a folder of its own"
              .formatted(path.getFileName(), owner, platformId));
    }
  }

  private static UncheckedIOException unusable(IOException error) {
    return new UncheckedIOException("spool: " + error.getMessage(), error);
  }
}
