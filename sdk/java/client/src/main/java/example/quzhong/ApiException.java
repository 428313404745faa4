package example.quzhong;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.LocalizedMessage;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A status the server answered with. Its class says what to do next; see {@link QuzhongException}.
 */
public abstract class ApiException extends QuzhongException {
  private static final long serialVersionUID = 1;

  /**
   * The reason of the {@link Unavailable} that is not resent: the token endpoint has been away for
   * too long.
   */
  static final String TOKEN_ENDPOINT_AWAY = "TOKEN_ENDPOINT_AWAY";

  private final Status.Code code;
  private final Told told;

  /** What a status says, apart from its code. */
  record Told(
      String reason,
      String field,
      String message,
      String zh,
      Map<String, String> metadata,
      Duration retryAfter)
      implements Serializable {
    static Told of(String reason, String message, String zh) {
      return new Told(reason, "", message, zh, Map.of(), Duration.ZERO);
    }
  }

  private ApiException(Status.Code code, Told told) {
    super((told.reason.isEmpty() ? code.name() : told.reason) + ": " + told.message);
    this.code = code;
    this.told = told;
  }

  /** The status code. */
  public Status.Code code() {
    return code;
  }

  /** UPPER_SNAKE and stable: what a program decides by. Empty if the server did not say. */
  public String reason() {
    return told.reason;
  }

  /** The field of the request that is wrong; empty if none is. */
  public String field() {
    return told.field;
  }

  /** The message in English, as it was sent. */
  public String text() {
    return told.message;
  }

  /** The message in Chinese; the English text if the server sent no other. */
  public String zh() {
    return told.zh;
  }

  /** What else the server said about it, e.g. the limit that was passed. */
  public Map<String, String> metadata() {
    return told.metadata;
  }

  /** How long the server asks to wait; zero if it did not say. */
  public Duration retryAfter() {
    return told.retryAfter;
  }

  /** Name of its class as in every other language, e.g. {@code NotFoundError}. */
  String kind() {
    return getClass().getSimpleName() + "Error";
  }

  /**
   * The typed error of a failed call of a generated stub. An {@code ApiException} stays what it is.
   */
  public static ApiException fromRpcError(Throwable error) {
    if (error instanceof ApiException known) {
      return known;
    }
    Status status = Status.fromThrowable(error);
    com.google.rpc.Status wire = StatusProto.fromThrowable(error);
    String message = status.getDescription() == null ? "" : status.getDescription();
    Throwable met = status.getCause(); // of the channel: "io exception" alone helps nobody
    if (met != null && met.getMessage() != null && !message.contains(met.getMessage())) {
      message += ": " + met.getMessage();
    }
    ApiException typed = of(status.getCode(), told(message, wire));
    typed.initCause(error);
    return typed;
  }

  private static Told told(String message, com.google.rpc.Status wire) {
    String reason = "";
    String field = "";
    String zh = message;
    Map<String, String> metadata = Map.of();
    Duration retryAfter = Duration.ZERO;
    try {
      for (Any detail : wire == null ? List.<Any>of() : wire.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          ErrorInfo info = detail.unpack(ErrorInfo.class);
          reason = info.getReason();
          metadata = Map.copyOf(info.getMetadataMap());
        } else if (detail.is(BadRequest.class)) {
          BadRequest request = detail.unpack(BadRequest.class);
          field =
              request.getFieldViolationsCount() == 0
                  ? ""
                  : request.getFieldViolations(0).getField();
        } else if (detail.is(LocalizedMessage.class)) {
          zh = detail.unpack(LocalizedMessage.class).getMessage();
        } else if (detail.is(RetryInfo.class)) {
          var delay = detail.unpack(RetryInfo.class).getRetryDelay();
          retryAfter = Duration.ofSeconds(delay.getSeconds(), delay.getNanos());
        }
      }
    } catch (InvalidProtocolBufferException garbled) {
      System.getLogger("quzhong")
          .log(System.Logger.Level.WARNING, "details of a status cannot be read", garbled);
    }
    return new Told(reason, field, message, zh.isEmpty() ? message : zh, metadata, retryAfter);
  }

  static ApiException of(Status.Code code, Told told) {
    return switch (code) {
      case INVALID_ARGUMENT -> new InvalidArgument(told);
      case NOT_FOUND -> new NotFound(told);
      case ALREADY_EXISTS -> new AlreadyExists(told);
      case FAILED_PRECONDITION -> new FailedPrecondition(told);
      case ABORTED -> new Conflict(told);
      case UNAUTHENTICATED -> new Unauthenticated(told);
      case PERMISSION_DENIED -> new PermissionDenied(told);
      case RESOURCE_EXHAUSTED -> new ResourceExhausted(told);
      case DEADLINE_EXCEEDED -> new DeadlineExceeded(told);
      case UNAVAILABLE -> new Unavailable(told);
      default -> new Server(code, told);
    };
  }

  /** A field is wrong: mend the request. */
  public static final class InvalidArgument extends ApiException {
    private static final long serialVersionUID = 1;

    InvalidArgument(Told told) {
      super(Status.Code.INVALID_ARGUMENT, told);
    }
  }

  /** No such thing: check the name. */
  public static final class NotFound extends ApiException {
    private static final long serialVersionUID = 1;

    NotFound(Told told) {
      super(Status.Code.NOT_FOUND, told);
    }
  }

  /** There already, with other content: choose another name. */
  public static final class AlreadyExists extends ApiException {
    private static final long serialVersionUID = 1;

    AlreadyExists(Told told) {
      super(Status.Code.ALREADY_EXISTS, told);
    }
  }

  /** Not in this state: do first what the message says. */
  public static final class FailedPrecondition extends ApiException {
    private static final long serialVersionUID = 1;

    FailedPrecondition(Told told) {
      super(Status.Code.FAILED_PRECONDITION, told);
    }
  }

  /** Somebody changed it meanwhile: read it again, then decide anew. */
  public static final class Conflict extends ApiException {
    private static final long serialVersionUID = 1;

    Conflict(Told told) {
      super(Status.Code.ABORTED, told);
    }
  }

  /** No or unknown credential: ask the registry for one. */
  public static final class Unauthenticated extends ApiException {
    private static final long serialVersionUID = 1;

    Unauthenticated(Told told) {
      super(Status.Code.UNAUTHENTICATED, told);
    }
  }

  /** Known, but may not: ask the registry for the role or the area. */
  public static final class PermissionDenied extends ApiException {
    private static final long serialVersionUID = 1;

    PermissionDenied(Told told) {
      super(Status.Code.PERMISSION_DENIED, told);
    }
  }

  /** Too much at once: resent when the server says; or too large: split. */
  public static final class ResourceExhausted extends ApiException {
    private static final long serialVersionUID = 1;

    ResourceExhausted(Told told) {
      super(Status.Code.RESOURCE_EXHAUSTED, told);
    }
  }

  /** No answer in time: the call may have had its effect; resending is safe. */
  public static final class DeadlineExceeded extends ApiException {
    private static final long serialVersionUID = 1;

    DeadlineExceeded(Told told) {
      super(Status.Code.DEADLINE_EXCEEDED, told);
    }
  }

  /** Cannot be had at the moment: the client resends it by itself. */
  public static final class Unavailable extends ApiException {
    private static final long serialVersionUID = 1;

    Unavailable(Told told) {
      super(Status.Code.UNAVAILABLE, told);
    }
  }

  /** Any other status: report it with its reason. */
  public static final class Server extends ApiException {
    private static final long serialVersionUID = 1;

    Server(Status.Code code, Told told) {
      super(code, told);
    }
  }
}
