package example.quzhong;

import com.google.protobuf.Any;
import com.google.rpc.RetryInfo;
import example.quzhong.api.events.v1.Dispatch;
import example.quzhong.api.intake.v1.BatchAnswer;
import example.quzhong.api.intake.v1.IntakeServiceGrpc;
import example.quzhong.api.intake.v1.Rejection;
import example.quzhong.api.intake.v1.RowVerdict;
import example.quzhong.api.intake.v1.SubmitDispatchesRequest;
import example.quzhong.api.intake.v1.SubmitDispatchesResponse;
import example.quzhong.api.intake.v1.UploadAnswer;
import example.quzhong.api.intake.v1.UploadDispatchesRequest;
import example.quzhong.api.intake.v1.UploadDispatchesResponse;
import example.quzhong.api.intake.v1.UploadRejection;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;

/** Keeps what it accepted by request id, as the service does; rows named bad… are rejected. */
final class ScriptedIntake extends IntakeServiceGrpc.IntakeServiceImplBase {
  final Queue<StatusRuntimeException> script = new ArrayDeque<>();
  final List<String> accepted = new ArrayList<>();
  private final Map<String, BatchAnswer> answers = new HashMap<>();
  int calls;

  /** What a call fails with once it had its effect: the answer is lost on the way. */
  StatusRuntimeException after;

  /** If set, calls wait until it is counted down. */
  volatile CountDownLatch hold;

  static StatusRuntimeException status(Status.Code code, double retryAfterSeconds) {
    com.google.rpc.Status.Builder wire =
        com.google.rpc.Status.newBuilder().setCode(code.value()).setMessage("scripted");
    if (retryAfterSeconds > 0) {
      wire.addDetails(
          Any.pack(
              RetryInfo.newBuilder()
                  .setRetryDelay(
                      com.google.protobuf.Duration.newBuilder()
                          .setNanos((int) (retryAfterSeconds * 1e9)))
                  .build()));
    }
    return StatusProto.toStatusRuntimeException(wire.build());
  }

  @Override
  public void submitDispatches(
      SubmitDispatchesRequest request, StreamObserver<SubmitDispatchesResponse> answer) {
    try {
      if (hold != null) {
        hold.await();
      }
      answer.onNext(SubmitDispatchesResponse.newBuilder().setAnswer(answered(request)).build());
      answer.onCompleted();
    } catch (StatusRuntimeException failure) {
      answer.onError(failure);
    } catch (InterruptedException stop) {
      answer.onError(Status.CANCELLED.asException());
    }
  }

  private synchronized BatchAnswer answered(SubmitDispatchesRequest request) {
    calls++;
    if (!script.isEmpty()) {
      throw script.remove();
    }
    BatchAnswer told =
        answers.computeIfAbsent(request.getRequestId(), id -> fresh(request.getDispatchesList()));
    if (after != null) {
      StatusRuntimeException lost = after;
      after = null;
      throw lost;
    }
    return told;
  }

  private BatchAnswer fresh(List<Dispatch> rows) {
    BatchAnswer.Builder told = BatchAnswer.newBuilder();
    for (int place = 0; place < rows.size(); place++) {
      if (rows.get(place).getEventId().startsWith("bad")) {
        told.setRejected(told.getRejected() + 1)
            .addVerdicts(RowVerdict.ROW_VERDICT_REJECTED)
            .addRejections(rejection(place));
      } else {
        told.setAccepted(told.getAccepted() + 1).addVerdicts(RowVerdict.ROW_VERDICT_ACCEPTED);
        accepted.add(rows.get(place).getEventId());
      }
    }
    return told.build();
  }

  private static Rejection rejection(int place) {
    return Rejection.newBuilder()
        .setRow(place)
        .setField("area_code")
        .setReason("AREA_UNKNOWN")
        .setMessage("no such area")
        .setMessageZh("无此地区")
        .build();
  }

  @Override
  public StreamObserver<UploadDispatchesRequest> uploadDispatches(
      StreamObserver<UploadDispatchesResponse> answer) {
    return new StreamObserver<>() {
      private final UploadAnswer.Builder told = UploadAnswer.newBuilder();

      @Override
      public void onNext(UploadDispatchesRequest request) {
        if (!script.isEmpty()) {
          answer.onError(script.remove());
          return;
        }
        BatchAnswer some = fresh(request.getBatch().getDispatchesList());
        told.setAccepted(told.getAccepted() + some.getAccepted())
            .setRejected(told.getRejected() + some.getRejected());
        for (Rejection each : some.getRejectionsList()) {
          told.addRejections(
              UploadRejection.newBuilder()
                  .setRequestId(request.getBatch().getRequestId())
                  .setRejection(each));
        }
      }

      @Override
      public void onError(Throwable cancelled) {
        accepted.clear(); // a stream that was left counts for nothing
      }

      @Override
      public void onCompleted() {
        answer.onNext(UploadDispatchesResponse.newBuilder().setAnswer(told).build());
        answer.onCompleted();
      }
    };
  }
}
