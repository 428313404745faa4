/**
 * Rows as the shared vectors and the scripted day write them: fields as in the Python client, enumerations by name, spans in
 * milliseconds; null states a field no more; `corrected` is what is done to the row before it is sent.
 */
import {
  type Changes,
  correct,
  DispatchKind,
  type DispatchRow,
  EmploymentForm,
  remove,
  ServiceKind,
  TenureBand,
  Vehicle,
  Weather,
  WorkSessionKind,
  type WorkSessionRow,
} from "quzhong";

export type Json = Record<string, unknown>;

const FIELDS: Record<string, string> = {
  event_id: "eventId",
  identity: "identity",
  order_id: "orderId",
  event_time: "eventTime",
  kind: "kind",
  area_code: "areaCode",
  service: "service",
  vehicle: "vehicle",
  distance_m: "distanceM",
  promised: "promisedMs",
  estimated: "estimatedMs",
  pay_fen: "payFen",
  commission_fen: "commissionFen",
  penalty_fen: "penaltyFen",
  weather: "weather",
  statutory_holiday: "statutoryHoliday",
  employment_form: "employmentForm",
  tenure_band: "tenureBand",
  partner_firm_id: "partnerFirmId",
};

type Values = Readonly<Record<string, unknown>>;

const ENUMERATIONS: Record<string, Values> = {
  service: ServiceKind,
  vehicle: Vehicle,
  weather: Weather,
  employment_form: EmploymentForm,
  tenure_band: TenureBand,
};

function fieldsOf(told: Json, kinds: Values): Json {
  const fields: Json = {};
  for (const [name, value] of Object.entries(told)) {
    if (name === "corrected") {
      continue;
    }
    const field = FIELDS[name];
    const values = name === "kind" ? kinds : ENUMERATIONS[name];
    const set = value === null ? undefined : values === undefined ? value : values[value as string];
    if (field === undefined || (value !== null && set === undefined)) {
      throw new Error(`${name}: ${JSON.stringify(value)} is nothing this client has`);
    }
    fields[field] = set;
  }
  return fields;
}

function corrected<Row extends DispatchRow | WorkSessionRow>(row: Row, told: Json, kinds: Values): Row {
  for (const change of (told["corrected"] ?? []) as (Json | null)[]) {
    row = change === null ? remove(row) : correct(row, fieldsOf(change, kinds) as Changes<Row>);
  }
  return row;
}

export function dispatchRow(told: Json): DispatchRow {
  return corrected(fieldsOf(told, DispatchKind) as unknown as DispatchRow, told, DispatchKind);
}

export function workSessionRow(told: Json): WorkSessionRow {
  return corrected(fieldsOf(told, WorkSessionKind) as unknown as WorkSessionRow, told, WorkSessionKind);
}
