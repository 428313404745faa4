package example.conformance;

import example.quzhong.ApiException;
import example.quzhong.Channels;
import example.quzhong.Credential;
import example.quzhong.api.notify.v1.Alert;
import example.quzhong.api.notify.v1.AlertFilter;
import example.quzhong.api.notify.v1.AlertKind;
import example.quzhong.api.notify.v1.CaseworkServiceGrpc;
import example.quzhong.api.notify.v1.GetCaseRequest;
import example.quzhong.api.notify.v1.ListAlertsRequest;
import example.quzhong.api.notify.v1.Notice;
import example.quzhong.api.notify.v1.NoticeKind;
import example.quzhong.api.notify.v1.NotifyServiceGrpc;
import example.quzhong.api.notify.v1.ReplyKind;
import example.quzhong.api.notify.v1.ReplyToNoticeRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The authority's warnings: heard of, read, acknowledged. The SDK has no client for them, so it is
 * the stubs that are called.
 */
final class Warnings implements AutoCloseable {
  /** How often it looks. In production follow WatchAlerts, or have a webhook called. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Of one call. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final int MOST_OF_A_REQUEST_ID = 64;

  private final ManagedChannel channel;
  private final Credential credential;

  Warnings(Connection connection) throws IOException {
    credential = connection.byToken();
    channel = Channels.open(connection.address(), connection.transport());
  }

  /**
   * Waits for a warning, reads it and acknowledges it; false: none came in time.
   *
   * @throws ApiException if a call is refused
   */
  boolean acknowledgeNext(Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        Optional<Alert> warned = warned();
        if (warned.isPresent()) {
          acknowledge(warned.get().getCaseId());
          return true;
        }
      } catch (StatusRuntimeException error) {
        ApiException failure = ApiException.fromRpcError(error);
        if (!(failure instanceof ApiException.Unavailable)) {
          throw failure;
        }
        channel.resetConnectBackoff(); // it may be back at the next look
      }
      Thread.sleep(LOOK.toMillis());
    }
    return false;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private Optional<Alert> warned() {
    AlertFilter filter = AlertFilter.newBuilder().setCasesOnly(true).build();
    ListAlertsRequest asked = ListAlertsRequest.newBuilder().setFilter(filter).build();
    return ours(NotifyServiceGrpc.newBlockingStub(channel))
        .listAlerts(asked)
        .getAlertsList()
        .stream()
        .filter(alert -> alert.getKind() == AlertKind.ALERT_KIND_WARNING_SENT)
        .findFirst();
  }

  private void acknowledge(String caseId) {
    GetCaseRequest asked = GetCaseRequest.newBuilder().setCaseId(caseId).build();
    for (Notice notice :
        ours(NotifyServiceGrpc.newBlockingStub(channel)).getCase(asked).getNoticesList()) {
      if (notice.getKind() == NoticeKind.NOTICE_KIND_WARNING) {
        reply(notice.getNoticeId());
      }
    }
  }

  /** Its request id is made of the letter's, so that a second acknowledgement changes nothing. */
  private void reply(String noticeId) {
    String requestId = "acknowledge-" + noticeId;
    ReplyToNoticeRequest acknowledgement =
        ReplyToNoticeRequest.newBuilder()
            .setRequestId(
                requestId.substring(0, Math.min(requestId.length(), MOST_OF_A_REQUEST_ID)))
            .setNoticeId(noticeId)
            .setKind(ReplyKind.REPLY_KIND_ACKNOWLEDGEMENT)
            .setText("已收悉。Received.")
            .build();
    ours(CaseworkServiceGrpc.newBlockingStub(channel)).replyToNotice(acknowledgement);
  }

  private <S extends AbstractStub<S>> S ours(S stub) {
    return stub.withInterceptors(Channels.bearer(credential.token()))
        .withDeadlineAfter(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
