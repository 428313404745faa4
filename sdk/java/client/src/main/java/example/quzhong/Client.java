package example.quzhong;

import com.google.protobuf.MessageLite;
import example.quzhong.api.events.v1.Dispatch;
import example.quzhong.api.events.v1.WorkSession;
import example.quzhong.api.intake.v1.IntakeServiceGrpc;
import example.quzhong.api.intake.v1.IntakeServiceGrpc.IntakeServiceBlockingStub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Sends a platform's events in the background, several batches in flight, and loses none.
 *
 * <pre>{@code
 * try (Client client = Client.builder("quzhong.example:443", credential, "platform-a")
 *     .pseudonymiser(pseudonyms).channelCredentials(TlsChannelCredentials.create()).build()) {
 *   client.addDispatch(DispatchRow.builder()….build());
 * }
 * }</pre>
 *
 * {@code add…} returns at once, or waits while {@code queueRows} rows have no answer yet
 * (backpressure). A batch goes out when it has {@code batchSize} rows or is {@code linger} old.
 * With {@code maxInFlight} above 1 batches may arrive in another order than they were added;
 * verdicts do not depend on the order. All methods may be called from any thread. Its own threads
 * do not keep a program alive: close it.
 */
public final class Client implements AutoCloseable {
  private final String platformId;
  private final Pseudonymiser pseudonymiser;
  private final RequestIds ids = new RequestIds();
  private final Calls calls;
  private final IntakeServiceBlockingStub intake;
  private final Sender sender;
  private final Uploads uploads;

  Client(ClientBuilder options) {
    platformId = options.platformId;
    pseudonymiser = options.pseudonymiser;
    SendQueue queue = new SendQueue(ids, options.batchSize, options.linger, options.queueRows);
    Spool spool = options.spool == null ? null : new Spool(options.spool, platformId);
    List<Batch> spooled = spool == null ? List.of() : spool.batches(ids);
    calls =
        new Calls(
            Channels.open(options.address, options.channelCredentials),
            options.credential,
            options.retry,
            options.timeout,
            options.pacing);
    intake = IntakeServiceGrpc.newBlockingStub(calls.channel);
    uploads = new Uploads(calls.channel, options.credential, platformId, ids, options.batchSize);
    sender =
        new Sender(
            queue,
            this::send,
            answer -> {
              options.onAnswer.accept(answer);
              answer.rejections().forEach(options.onRejected);
            },
            calls::close,
            spool,
            options.maxInFlight,
            options.pacing);
    sender.begin(spooled);
  }

  /**
   * Options of a client.
   *
   * @param address {@code host:port} of the intake service
   * @param credential of the platform: a {@link PrivateKeyJwt}, or a {@link StaticToken}
   * @param platformId the platform the rows are of
   */
  public static ClientBuilder builder(String address, Credential credential, String platformId) {
    return new ClientBuilder(address, credential, platformId);
  }

  /** The platform the rows are of. */
  public String platformId() {
    return platformId;
  }

  /** Rows answered so far, those added and those submitted or uploaded directly. */
  public Totals totals() {
    return sender.totals();
  }

  /** Batches that were given up, see {@link #resend}. */
  public List<Undelivered> undelivered() {
    return sender.undelivered();
  }

  /**
   * Takes a row to be sent.
   *
   * @throws UndeliveredException if a batch was given up before; this row was not taken
   * @throws ClientClosedException after {@code close}
   * @throws IdentityException if the number cannot be right
   * @throws InterruptedException while it waited for room; this row was not taken
   */
  public void addDispatch(DispatchRow row) throws InterruptedException {
    addDispatch(message(row));
  }

  /** Takes a message that has its pseudonym already. */
  public void addDispatch(Dispatch message) throws InterruptedException {
    sender.add(RowKind.DISPATCH, message);
  }

  /** Takes a row to be sent; as {@link #addDispatch(DispatchRow)}. */
  public void addWorkSession(WorkSessionRow row) throws InterruptedException {
    addWorkSession(message(row));
  }

  /** Takes a message that has its pseudonym already. */
  public void addWorkSession(WorkSession message) throws InterruptedException {
    sender.add(RowKind.WORK_SESSION, message);
  }

  /**
   * Waits until every row added before has its answer.
   *
   * @throws UndeliveredException if a batch was given up; it is kept
   * @throws RuntimeException what a callback threw
   */
  public void flush() throws InterruptedException {
    sender.flush(null);
  }

  /**
   * As {@link #flush()}; false: answers are still to come after this time, and nothing was given
   * up.
   */
  public boolean flush(Duration within) throws InterruptedException {
    return sender.flush(within);
  }

  /** Sends again what was given up, each batch under its old request id. */
  public void resend() {
    sender.resend();
  }

  /**
   * Sends what is there, waits for the answers, and closes. A second call does nothing. A thread
   * that is interrupted waits no longer: what has no answer then is undelivered.
   *
   * @throws UndeliveredException with every batch that got no answer; with a spool they are in its
   *     folder too
   * @throws RuntimeException what a callback threw
   */
  @Override
  public void close() {
    sender.close(null);
  }

  /** As {@link #close()}, waiting for so long at most. */
  public void close(Duration within) {
    sender.close(within);
  }

  /**
   * Sends up to 5,000 rows in one call, past the queue, and answers what became of each.
   *
   * @throws ApiException its class says what to do
   * @throws ClientClosedException after {@code close}
   */
  public BatchAnswer submitDispatches(Iterable<DispatchRow> rows) {
    return submitDispatches(rows, null);
  }

  /**
   * As above, under a request id of the caller's: to send the same batch again after a crash of its
   * own.
   */
  public BatchAnswer submitDispatches(Iterable<DispatchRow> rows, String requestId) {
    List<Dispatch> messages = new ArrayList<>();
    rows.forEach(row -> messages.add(message(row)));
    return submit(RowKind.DISPATCH, messages, requestId);
  }

  /** As {@link #submitDispatches(Iterable)}. */
  public BatchAnswer submitWorkSessions(Iterable<WorkSessionRow> rows) {
    return submitWorkSessions(rows, null);
  }

  /** As {@link #submitDispatches(Iterable, String)}. */
  public BatchAnswer submitWorkSessions(Iterable<WorkSessionRow> rows, String requestId) {
    List<WorkSession> messages = new ArrayList<>();
    rows.forEach(row -> messages.add(message(row)));
    return submit(RowKind.WORK_SESSION, messages, requestId);
  }

  /**
   * Sends any number of rows in one stream, for bulk; one answer for all of them.
   *
   * <p>A stream is not sent again by itself: after {@link ApiException.Unavailable} upload the same
   * rows once more, those that had arrived count as duplicates. A row that cannot be written ends
   * it, and nothing of it is answered.
   *
   * @throws ApiException its class says what to do
   * @throws ClientClosedException after {@code close}
   */
  public UploadAnswer uploadDispatches(Iterable<DispatchRow> rows) throws InterruptedException {
    sender.checkOpen();
    return counted(uploads.dispatches(rows, this::message));
  }

  /** As {@link #uploadDispatches}. */
  public UploadAnswer uploadWorkSessions(Iterable<WorkSessionRow> rows)
      throws InterruptedException {
    sender.checkOpen();
    return counted(uploads.workSessions(rows, this::message));
  }

  private UploadAnswer counted(UploadAnswer answer) {
    sender.count(answer.totals());
    return answer;
  }

  private BatchAnswer submit(RowKind kind, List<? extends MessageLite> rows, String requestId) {
    sender.checkOpen();
    long number = ids.next();
    String id = requestId == null ? ids.id(number) : requestId;
    BatchAnswer answer = send(new Batch(kind, number, id, rows, Tracing.current()));
    sender.count(answer.totals());
    return answer;
  }

  /** One batch, sent until it is answered or given up. */
  private BatchAnswer send(Batch batch) {
    Map<String, String> trace = batch.trace;
    if (batch.kind() == RowKind.DISPATCH) {
      var request = batch.dispatches(platformId);
      return BatchAnswer.of(
          batch, calls.call(intake, trace, stub -> stub.submitDispatches(request)).getAnswer());
    }
    var request = batch.workSessions(platformId);
    return BatchAnswer.of(
        batch, calls.call(intake, trace, stub -> stub.submitWorkSessions(request)).getAnswer());
  }

  private Dispatch message(DispatchRow row) {
    return row.toMessage(pseudonym(row.identity()));
  }

  private WorkSession message(WorkSessionRow row) {
    return row.toMessage(pseudonym(row.identity()));
  }

  private String pseudonym(String identity) {
    if (pseudonymiser == null) {
      throw new IllegalArgumentException(
          "identity: the client has no pseudonymiser; set one, or add messages with a worker_id");
    }
    return pseudonymiser.pseudonym(identity);
  }
}
