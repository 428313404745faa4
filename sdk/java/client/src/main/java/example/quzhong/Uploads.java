package example.quzhong;

import com.google.protobuf.MessageLite;
import example.quzhong.api.events.v1.Dispatch;
import example.quzhong.api.events.v1.WorkSession;
import example.quzhong.api.intake.v1.IntakeServiceGrpc;
import example.quzhong.api.intake.v1.IntakeServiceGrpc.IntakeServiceBlockingV2Stub;
import example.quzhong.api.intake.v1.UploadDispatchesRequest;
import example.quzhong.api.intake.v1.UploadDispatchesResponse;
import example.quzhong.api.intake.v1.UploadWorkSessionsRequest;
import example.quzhong.api.intake.v1.UploadWorkSessionsResponse;
import io.grpc.Channel;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Streams of batches, one answer each. */
final class Uploads {
  private final IntakeServiceBlockingV2Stub intake;
  private final Credential credential;
  private final String platformId;
  private final RequestIds ids;
  private final int batchSize;

  Uploads(
      Channel channel, Credential credential, String platformId, RequestIds ids, int batchSize) {
    this.intake = IntakeServiceGrpc.newBlockingV2Stub(channel);
    this.credential = credential;
    this.platformId = platformId;
    this.ids = ids;
    this.batchSize = batchSize;
  }

  UploadAnswer dispatches(Iterable<DispatchRow> rows, Function<DispatchRow, Dispatch> toMessage)
      throws InterruptedException {
    return sent(
        stub().uploadDispatches(),
        RowKind.DISPATCH,
        rows,
        toMessage,
        batch ->
            UploadDispatchesRequest.newBuilder().setBatch(batch.dispatches(platformId)).build(),
        UploadDispatchesResponse::getAnswer);
  }

  UploadAnswer workSessions(
      Iterable<WorkSessionRow> rows, Function<WorkSessionRow, WorkSession> toMessage)
      throws InterruptedException {
    return sent(
        stub().uploadWorkSessions(),
        RowKind.WORK_SESSION,
        rows,
        toMessage,
        batch ->
            UploadWorkSessionsRequest.newBuilder().setBatch(batch.workSessions(platformId)).build(),
        UploadWorkSessionsResponse::getAnswer);
  }

  private IntakeServiceBlockingV2Stub stub() {
    return intake.withInterceptors(Channels.headers(credential.token(), Tracing.current()));
  }

  private <R, M extends MessageLite, Q, A> UploadAnswer sent(
      BlockingClientCall<Q, A> stream,
      RowKind kind,
      Iterable<R> rows,
      Function<R, M> toMessage,
      Function<Batch, Q> toRequest,
      Function<A, example.quzhong.api.intake.v1.UploadAnswer> answerOf)
      throws InterruptedException {
    boolean answered = false;
    try {
      Map<String, Long> starts = new HashMap<>();
      List<M> some = new ArrayList<>();
      long begun = 0;
      boolean open = true;
      for (R row : rows) {
        some.add(toMessage.apply(row));
        if (some.size() == batchSize) {
          open = written(stream, kind, some, begun, starts, toRequest);
          begun += some.size();
          some = new ArrayList<>();
          if (!open) { // the server has ended the stream: its answer says why
            break;
          }
        }
      }
      if (open && !some.isEmpty()) {
        written(stream, kind, some, begun, starts, toRequest);
      }
      stream.halfClose();
      A response = stream.read();
      answered = true;
      return UploadAnswer.of(starts, answerOf.apply(response));
    } catch (StatusException error) {
      answered = true;
      throw ApiException.fromRpcError(error);
    } finally {
      if (!answered) {
        stream.cancel("left early: a row cannot be written", null);
      }
    }
  }

  private <M extends MessageLite, Q> boolean written(
      BlockingClientCall<Q, ?> stream,
      RowKind kind,
      List<M> rows,
      long begun,
      Map<String, Long> starts,
      Function<Batch, Q> toRequest)
      throws InterruptedException, StatusException {
    long number = ids.next();
    Batch batch = new Batch(kind, number, ids.id(number), rows, Map.of());
    starts.put(batch.requestId(), begun);
    return stream.write(toRequest.apply(batch));
  }
}
