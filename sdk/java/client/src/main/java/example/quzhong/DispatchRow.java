package example.quzhong;

import example.quzhong.api.events.v1.Dispatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Something happened to an order. What is not set is not stated.
 *
 * <p>The worker is named by {@link #identity}, which never leaves the process: the client puts the
 * pseudonym in its place. Immutable.
 */
public final class DispatchRow {
  private final String identity;

  /**
   * Its worker is whoever {@link #toMessage} named last. Nobody else has it; not a message, which
   * would be made twice.
   */
  private final Dispatch.Builder event;

  private DispatchRow(String identity, Dispatch.Builder event) {
    this.identity = identity;
    this.event = event;
  }

  /** What is not set is not stated. */
  public static Builder builder() {
    return new Builder("", Dispatch.newBuilder());
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
  public synchronized Dispatch toMessage(String workerId) {
    return event.setWorkerId(workerId).build();
  }

  /**
   * The next version of the event, with other values where {@code change} sets them:
   *
   * <pre>{@code
   * row = row.correct(change -> change.distanceM(2450));
   * }</pre>
   *
   * Call it on the version that was sent last. Versions may arrive in any order: the highest one
   * holds, whole. After a deletion it says that the event happened after all. Who the worker was
   * and which order it was stay the same in all versions: where one of them was wrong, delete the
   * event and send another with a new event id.
   *
   * @throws IllegalArgumentException naming what every version keeps
   */
  public DispatchRow correct(Consumer<Builder> change) {
    Builder next = new Builder(identity, nextVersion().setDeleted(false));
    change.accept(next);
    DispatchRow corrected = next.build();
    RowFields.kept("event_id", eventId(), corrected.eventId());
    RowFields.kept("identity", identity, corrected.identity);
    RowFields.kept("order_id", event.getOrderId(), corrected.event.getOrderId());
    return corrected;
  }

  /** The next version of the event, which says that it never happened. */
  public DispatchRow delete() {
    return new DispatchRow(identity, nextVersion().setDeleted(true));
  }

  private synchronized Dispatch.Builder nextVersion() {
    return event.clone().setVersion(event.getVersion() + 1);
  }

  /** Without identity: it may end up in a log. */
  @Override
  public String toString() {
    return "DispatchRow(" + eventId() + ", version " + version() + ")";
  }

  /** Makes a row, or changes it in {@link #correct}. */
  public static final class Builder {
    private String identity;
    private Dispatch.Builder event;
    private boolean handedOver;

    private Builder(String identity, Dispatch.Builder event) {
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

    /** The order's pseudonym, unique within the platform. */
    public Builder orderId(String orderId) {
      event().setOrderId(orderId);
      return this;
    }

    /** Sent exact to the microsecond. */
    public Builder eventTime(Instant eventTime) {
      event().setEventTime(RowFields.timestamp(eventTime));
      return this;
    }

    /** What happened. */
    public Builder kind(DispatchKind kind) {
      event().setKind(kind.wire);
      return this;
    }

    /** Of GB/T 2260, six digits. */
    public Builder areaCode(String areaCode) {
      event().setAreaCode(areaCode);
      return this;
    }

    /** Null: not stated. */
    public Builder service(ServiceKind service) {
      if (service == null) {
        event().clearService();
      } else {
        event().setService(service.wire);
      }
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

    /** Length of the route, metres. */
    public Builder distanceM(long distanceM) {
      event().setDistanceM(RowFields.unsigned("distance_m", distanceM));
      return this;
    }

    /** As above; null: not stated. */
    public Builder distanceM(Long distanceM) {
      if (distanceM != null) {
        return distanceM(distanceM.longValue());
      }
      event().clearDistanceM();
      return this;
    }

    /** The time limit shown to the worker, from acceptance; null: not stated. */
    public Builder promised(Duration promised) {
      if (promised == null) {
        event().clearPromisedDuration();
      } else {
        event().setPromisedDuration(RowFields.duration(promised));
      }
      return this;
    }

    /** The platform's own estimate of the same span; null: not stated. */
    public Builder estimated(Duration estimated) {
      if (estimated == null) {
        event().clearEstimatedDuration();
      } else {
        event().setEstimatedDuration(RowFields.duration(estimated));
      }
      return this;
    }

    /** What the worker gets for the order, fen. */
    public Builder payFen(long payFen) {
      event().setPayFen(RowFields.unsigned("pay_fen", payFen));
      return this;
    }

    /** As above; null: not stated. */
    public Builder payFen(Long payFen) {
      if (payFen != null) {
        return payFen(payFen.longValue());
      }
      event().clearPayFen();
      return this;
    }

    /** What the platform keeps of the order, fen. */
    public Builder commissionFen(long commissionFen) {
      event().setCommissionFen(RowFields.unsigned("commission_fen", commissionFen));
      return this;
    }

    /** As above; null: not stated. */
    public Builder commissionFen(Long commissionFen) {
      if (commissionFen != null) {
        return commissionFen(commissionFen.longValue());
      }
      event().clearCommissionFen();
      return this;
    }

    /** What was taken from the worker for the order, fen. */
    public Builder penaltyFen(long penaltyFen) {
      event().setPenaltyFen(RowFields.unsigned("penalty_fen", penaltyFen));
      return this;
    }

    /** As above; null: not stated. */
    public Builder penaltyFen(Long penaltyFen) {
      if (penaltyFen != null) {
        return penaltyFen(penaltyFen.longValue());
      }
      event().clearPenaltyFen();
      return this;
    }

    /** Null: not stated. */
    public Builder weather(Weather weather) {
      if (weather == null) {
        event().clearWeather();
      } else {
        event().setWeather(weather.wire);
      }
      return this;
    }

    /** Null: not stated. */
    public Builder statutoryHoliday(Boolean statutoryHoliday) {
      if (statutoryHoliday == null) {
        event().clearStatutoryHoliday();
      } else {
        event().setStatutoryHoliday(statutoryHoliday);
      }
      return this;
    }

    /** Null: not stated. */
    public Builder employmentForm(EmploymentForm employmentForm) {
      if (employmentForm == null) {
        event().clearEmploymentForm();
      } else {
        event().setEmploymentForm(employmentForm.wire);
      }
      return this;
    }

    /** Null: not stated. */
    public Builder tenureBand(TenureBand tenureBand) {
      if (tenureBand == null) {
        event().clearTenureBand();
      } else {
        event().setTenureBand(tenureBand.wire);
      }
      return this;
    }

    /** The partner firm the worker is engaged through, as the platform names it; null: none. */
    public Builder partnerFirmId(String partnerFirmId) {
      if (partnerFirmId == null) {
        event().clearPartnerFirmId();
      } else {
        event().setPartnerFirmId(partnerFirmId);
      }
      return this;
    }

    /**
     * The row.
     *
     * @throws IllegalArgumentException if it has no time
     */
    public DispatchRow build() {
      RowFields.present("event_time", event.hasEventTime());
      handedOver = true;
      return new DispatchRow(identity, event);
    }

    /** A row that was built keeps its values. */
    private Dispatch.Builder event() {
      if (handedOver) {
        event = event.clone();
        handedOver = false;
      }
      return event;
    }
  }
}
