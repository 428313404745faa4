package example.quzhong;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Rows as the shared vectors and the scripted day write them: fields as in the Python client,
 * enumerations by name, times in RFC 3339, spans in milliseconds; null states a field no more.
 */
final class RowJson {
  private RowJson() {}

  static DispatchRow dispatch(JsonNode told) {
    DispatchRow.Builder builder = DispatchRow.builder();
    set(builder, told);
    DispatchRow row = builder.build();
    for (JsonNode change : told.path("corrected")) {
      row = change.isNull() ? row.delete() : row.correct(next -> set(next, change));
    }
    return row;
  }

  static WorkSessionRow workSession(JsonNode told) {
    WorkSessionRow.Builder builder = WorkSessionRow.builder();
    set(builder, told);
    WorkSessionRow row = builder.build();
    for (JsonNode change : told.path("corrected")) {
      row = change.isNull() ? row.delete() : row.correct(next -> set(next, change));
    }
    return row;
  }

  private static void set(DispatchRow.Builder row, JsonNode told) {
    told.properties().forEach(each -> set(row, each.getKey(), each.getValue()));
  }

  private static void set(WorkSessionRow.Builder row, JsonNode told) {
    told.properties().forEach(each -> set(row, each.getKey(), each.getValue()));
  }

  private static void set(DispatchRow.Builder row, String name, JsonNode value) {
    switch (name) {
      case "event_id" -> row.eventId(value.asText());
      case "identity" -> row.identity(value.asText());
      case "order_id" -> row.orderId(value.asText());
      case "event_time" -> row.eventTime(moment(value));
      case "kind" -> row.kind(named(DispatchKind.class, value));
      case "area_code" -> row.areaCode(value.asText());
      case "service" -> row.service(named(ServiceKind.class, value));
      case "vehicle" -> row.vehicle(named(Vehicle.class, value));
      case "distance_m" -> row.distanceM(number(value));
      case "promised" -> row.promised(span(value));
      case "estimated" -> row.estimated(span(value));
      case "pay_fen" -> row.payFen(number(value));
      case "commission_fen" -> row.commissionFen(number(value));
      case "penalty_fen" -> row.penaltyFen(number(value));
      case "weather" -> row.weather(named(Weather.class, value));
      case "statutory_holiday" -> row.statutoryHoliday(value.isNull() ? null : value.asBoolean());
      case "employment_form" -> row.employmentForm(named(EmploymentForm.class, value));
      case "tenure_band" -> row.tenureBand(named(TenureBand.class, value));
      case "partner_firm_id" -> row.partnerFirmId(value.isNull() ? null : value.asText());
      case "corrected" -> {} // the caller's
      default -> throw new IllegalArgumentException(name + ": no field of a dispatch");
    }
  }

  private static void set(WorkSessionRow.Builder row, String name, JsonNode value) {
    switch (name) {
      case "event_id" -> row.eventId(value.asText());
      case "identity" -> row.identity(value.asText());
      case "event_time" -> row.eventTime(moment(value));
      case "kind" -> row.kind(named(WorkSessionKind.class, value));
      case "area_code" -> row.areaCode(value.asText());
      case "vehicle" -> row.vehicle(named(Vehicle.class, value));
      case "corrected" -> {} // the caller's
      default -> throw new IllegalArgumentException(name + ": no field of a work session");
    }
  }

  private static Instant moment(JsonNode value) {
    return OffsetDateTime.parse(value.asText()).toInstant();
  }

  private static <E extends Enum<E>> E named(Class<E> type, JsonNode value) {
    return value.isNull() ? null : Enum.valueOf(type, value.asText());
  }

  private static Long number(JsonNode value) {
    return value.isNull() ? null : value.asLong();
  }

  private static Duration span(JsonNode value) {
    return value.isNull() ? null : Duration.ofMillis(value.asLong());
  }
}
