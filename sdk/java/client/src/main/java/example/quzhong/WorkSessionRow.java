package example.quzhong;

import example.quzhong.api.events.v1.WorkSession;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A worker went online or offline, or began or ended a break.
 *
 * <p>The worker is named by {@link #identity}, which never leaves the process: the client puts the
 * pseudonym in its place. Immutable.
 */
public final class WorkSessionRow {
  private final String identity;

  /**
   * Its worker is whoever {@link #toMessage} named last. Nobody else has it; not a message, which
   * would be made twice.
   */
  private final WorkSession.Builder event;

  private WorkSessionRow(String identity, WorkSession.Builder event) {
    this.identity = identity;
    this.event = event;
  }

  /** What is not set is not stated. */
  public static Builder builder() {
    return new Builder("", WorkSession.newBuilder());
  }

  /** Who the worker is. */
  public String identity() {
    return identity;
  }

  /** The platform's name of the event. */
  public String eventId() {
    return event.getEventId();
  }

  /** Counts the corrections. */
  public int version() {
    return event.getVersion();
  }

  /** Whether this version says that the event never happened. */
  public boolean deleted() {
    return event.getDeleted();
  }

  /** The row as it is sent. */
  public synchronized WorkSession toMessage(String workerId) {
    return event.setWorkerId(workerId).build();
  }

  /**
   * The next version of the event, with other values where {@code change} sets them:
   *
   * <pre>{@code
   * row = row.correct(change -> change.kind(WorkSessionKind.OFFLINE));
   * }</pre>
   *
   * Call it on the version that was sent last. Versions may arrive in any order: the highest one
   * holds, whole. After a deletion it says that the event happened after all. Who the worker was
   * stays the same in all versions: where it was wrong, delete the event and send another with a
   * new event id.
   *
   * @throws IllegalArgumentException naming what every version keeps
   */
  public WorkSessionRow correct(Consumer<Builder> change) {
    Builder next = new Builder(identity, nextVersion().setDeleted(false));
    change.accept(next);
    WorkSessionRow corrected = next.build();
    RowFields.kept("event_id", eventId(), corrected.eventId());
    RowFields.kept("identity", identity, corrected.identity);
    return corrected;
  }

  /** The next version of the event, which says that it never happened. */
  public WorkSessionRow delete() {
    return new WorkSessionRow(identity, nextVersion().setDeleted(true));
  }

  private synchronized WorkSession.Builder nextVersion() {
    return event.clone().setVersion(event.getVersion() + 1);
  }

  /** Without identity: it may end up in a log. */
  @Override
  public String toString() {
    return "WorkSessionRow(" + eventId() + ", version " + version() + ")";
  }

  /** Makes a row, or changes it in {@link #correct}. */
  public static final class Builder {
    private String identity;
    private WorkSession.Builder event;
    private boolean handedOver;

    private Builder(String identity, WorkSession.Builder event) {
      this.identity = identity;
      this.event = event;
    }

    /** Chosen by the platform, unique for ever within it, 1–64 printable characters. */
    public Builder eventId(String eventId) {
      event().setEventId(eventId);
      return this;
    }

    /** Who the worker is, e.g. the identity number; replaced by the pseudonym before it is sent. */
    public Builder identity(String identity) {
      this.identity = Objects.requireNonNull(identity, "identity");
      return this;
    }

    /** Sent exact to the microsecond. */
    public Builder eventTime(Instant eventTime) {
      event().setEventTime(RowFields.timestamp(eventTime));
      return this;
    }

    /** What happened. */
    public Builder kind(WorkSessionKind kind) {
      event().setKind(kind.wire);
      return this;
    }

    /** Of GB/T 2260, six digits. */
    public Builder areaCode(String areaCode) {
      event().setAreaCode(areaCode);
      return this;
    }

    /** Null: not stated. */
    public Builder vehicle(Vehicle vehicle) {
      if (vehicle == null) {
        event().clearVehicle();
      } else {
        event().setVehicle(vehicle.wire);
      }
      return this;
    }

    /**
     * The row.
     *
     * @throws IllegalArgumentException if it has no time
     */
    public WorkSessionRow build() {
      RowFields.present("event_time", event.hasEventTime());
      handedOver = true;
      return new WorkSessionRow(identity, event);
    }

    /** A row that was built keeps its values. */
    private WorkSession.Builder event() {
      if (handedOver) {
        event = event.clone();
        handedOver = false;
      }
      return event;
    }
  }
}
