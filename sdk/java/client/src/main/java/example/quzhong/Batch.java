package example.quzhong;

import com.google.protobuf.MessageLite;
import example.quzhong.api.events.v1.Dispatch;
import example.quzhong.api.events.v1.WorkSession;
import example.quzhong.api.intake.v1.SubmitDispatchesRequest;
import example.quzhong.api.intake.v1.SubmitWorkSessionsRequest;
import java.util.List;
import java.util.Map;

/** Rows that are sent together, always under the same request id. */
public final class Batch {
  private final RowKind kind;
  private final String requestId;
  private final List<? extends MessageLite> rows;

  /** From 1 within a client. */
  final long number;

  /** Of whoever added the first row. */
  final Map<String, String> trace;

  Batch(
      RowKind kind,
      long number,
      String requestId,
      List<? extends MessageLite> rows,
      Map<String, String> trace) {
    this.kind = kind;
    this.number = number;
    this.requestId = requestId;
    this.rows = rows;
    this.trace = trace;
  }

  /** What its rows are. */
  public RowKind kind() {
    return kind;
  }

  /** Under which it is sent, each time. */
  public String requestId() {
    return requestId;
  }

  /** How many rows it has. */
  public int size() {
    return rows.size();
  }

  /** {@code Dispatch} or {@code WorkSession} messages, by kind. */
  public List<? extends MessageLite> rows() {
    return rows;
  }

  @SuppressWarnings("unchecked") // by kind
  SubmitDispatchesRequest dispatches(String platformId) {
    return SubmitDispatchesRequest.newBuilder()
        .setRequestId(requestId)
        .setPlatformId(platformId)
        .addAllDispatches((List<Dispatch>) rows)
        .build();
  }

  @SuppressWarnings("unchecked") // by kind
  SubmitWorkSessionsRequest workSessions(String platformId) {
    return SubmitWorkSessionsRequest.newBuilder()
        .setRequestId(requestId)
        .setPlatformId(platformId)
        .addAllWorkSessions((List<WorkSession>) rows)
        .build();
  }

  /** The batch as it is sent: equal each time, so that resending it is safe. */
  MessageLite request(String platformId) {
    return kind == RowKind.DISPATCH ? dispatches(platformId) : workSessions(platformId);
  }
}
