/**
 * The rows a platform hands in.
 *
 * A row names the worker by `identity`, which never leaves the process: the client puts the pseudonym in its place. Who has
 * pseudonyms already, or wants the last bit of speed, adds the messages of `quzhong/api/events/v1/events`.
 */
import {
  type Dispatch,
  type DispatchKind,
  EmploymentForm,
  ServiceKind,
  TenureBand as TenureBands,
  Vehicle,
  Weather,
  type WorkSession,
  type WorkSessionKind,
} from "./api/events/v1/events.js";
import { duration, type Moment, timestamp } from "./moments.js";
import type { Pseudonymiser } from "./pseudonyms.js";

export { DispatchKind, EmploymentForm, ServiceKind, Vehicle, Weather, WorkSessionKind } from "./api/events/v1/events.js";

/** How long the worker has been with the platform; values as in the contract, whose names begin with digits. */
export const TenureBand = {
  UNSPECIFIED: TenureBands.TENURE_BAND_UNSPECIFIED,
  UNDER_3_MONTHS: TenureBands.TENURE_BAND_UNDER_3_MONTHS,
  FROM_3_TO_12_MONTHS: TenureBands.TENURE_BAND_3_TO_12_MONTHS,
  FROM_1_TO_3_YEARS: TenureBands.TENURE_BAND_1_TO_3_YEARS,
  OVER_3_YEARS: TenureBands.TENURE_BAND_OVER_3_YEARS,
} as const;
export type TenureBand = TenureBands;

/** A worker went online or offline, or began or ended a break. */
export interface WorkSessionRow {
  /** Chosen by the platform, unique for ever within it, 1–64 printable characters. */
  readonly eventId: string;
  /** Who the worker is, e.g. the identity number; replaced by the pseudonym before it is sent. */
  readonly identity: string;
  readonly eventTime: Moment;
  readonly kind: WorkSessionKind;
  /** GB/T 2260, six digits. */
  readonly areaCode: string;
  readonly vehicle?: Vehicle | undefined;
  /** Counts the corrections; see `correct`. */
  readonly version?: number;
  /** Whether this version says that the event never happened; see `remove`. */
  readonly deleted?: boolean;
}

/** Something happened to an order. What is undefined is not stated. */
export interface DispatchRow {
  /** Chosen by the platform, unique for ever within it, 1–64 printable characters. */
  readonly eventId: string;
  /** Who the worker is, e.g. the identity number; replaced by the pseudonym before it is sent. */
  readonly identity: string;
  /** The order's pseudonym, unique within the platform. */
  readonly orderId: string;
  readonly eventTime: Moment;
  readonly kind: DispatchKind;
  /** GB/T 2260, six digits. */
  readonly areaCode: string;
  readonly service?: ServiceKind | undefined;
  readonly vehicle?: Vehicle | undefined;
  /** Length of the route, metres. */
  readonly distanceM?: number | undefined;
  /** The time limit shown to the worker, from acceptance, milliseconds. */
  readonly promisedMs?: number | undefined;
  /** The platform's own estimate of the same span, milliseconds. */
  readonly estimatedMs?: number | undefined;
  readonly payFen?: number | undefined;
  readonly commissionFen?: number | undefined;
  readonly penaltyFen?: number | undefined;
  readonly weather?: Weather | undefined;
  readonly statutoryHoliday?: boolean | undefined;
  readonly employmentForm?: EmploymentForm | undefined;
  readonly tenureBand?: TenureBand | undefined;
  /**
   * The partner firm the worker is engaged through, as the platform names it: at most 64 of A–Z a–z 0–9 . _ -; empty if
   * there is none.
   */
  readonly partnerFirmId?: string | undefined;
  /** Counts the corrections; see `correct`. */
  readonly version?: number;
  /** Whether this version says that the event never happened; see `remove`. */
  readonly deleted?: boolean;
}

/** What a client takes: a row that names the worker, or a message that has the pseudonym already. */
export type AnyDispatch = DispatchRow | Dispatch;

/** As `AnyDispatch`. */
export type AnyWorkSession = WorkSessionRow | WorkSession;

/** The row as it is sent. Throws a RangeError naming the field that cannot be written. */
export function dispatchMessage(row: DispatchRow, workerId: string): Dispatch {
  return {
    eventId: row.eventId,
    workerId,
    orderId: row.orderId,
    eventTime: timestamp(row.eventTime),
    kind: member("kind", row.kind),
    areaCode: row.areaCode,
    service: member("service", row.service ?? ServiceKind.UNSPECIFIED),
    vehicle: member("vehicle", row.vehicle ?? Vehicle.UNSPECIFIED),
    distanceM: whole("distanceM", row.distanceM),
    promisedDuration: duration("promisedMs", row.promisedMs),
    estimatedDuration: duration("estimatedMs", row.estimatedMs),
    payFen: whole("payFen", row.payFen),
    commissionFen: whole("commissionFen", row.commissionFen),
    penaltyFen: whole("penaltyFen", row.penaltyFen),
    weather: member("weather", row.weather ?? Weather.UNSPECIFIED),
    statutoryHoliday: row.statutoryHoliday,
    employmentForm: member("employmentForm", row.employmentForm ?? EmploymentForm.UNSPECIFIED),
    tenureBand: member("tenureBand", row.tenureBand ?? TenureBand.UNSPECIFIED),
    partnerFirmId: row.partnerFirmId ?? "",
    version: whole("version", row.version) ?? 0,
    deleted: row.deleted ?? false,
  };
}

/** As `dispatchMessage`. */
export function workSessionMessage(row: WorkSessionRow, workerId: string): WorkSession {
  return {
    eventId: row.eventId,
    workerId,
    eventTime: timestamp(row.eventTime),
    kind: member("kind", row.kind),
    areaCode: row.areaCode,
    vehicle: member("vehicle", row.vehicle ?? Vehicle.UNSPECIFIED),
    version: whole("version", row.version) ?? 0,
    deleted: row.deleted ?? false,
  };
}

function whole(name: string, value: number | undefined): number | undefined {
  if (value !== undefined && !(Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff)) {
    throw new RangeError(`${name}: ${value} cannot be written; 0 to ${0xffff_ffff} can`);
  }
  return value;
}

/** JavaScript may give a name, e.g. "ACCEPTED": the stub would refuse it with the whole batch it is in. */
function member<Value extends number>(name: string, value: Value): Value {
  if (typeof value !== "number") {
    throw new RangeError(`${name}: ${JSON.stringify(value)} cannot be written; a number of its enumeration can`);
  }
  return value;
}

/** Makes the messages that are sent: puts pseudonyms in the place of identities. */
export class RowMaker {
  constructor(private readonly pseudonymiser: Pseudonymiser | undefined) {}

  /** A message is taken as it is; a row whose pseudonym is at hand costs no turn of the event loop. */
  dispatch(row: AnyDispatch): Dispatch | Promise<Dispatch> {
    return "workerId" in row ? row : this.#named(row, dispatchMessage);
  }

  workSession(row: AnyWorkSession): WorkSession | Promise<WorkSession> {
    return "workerId" in row ? row : this.#named(row, workSessionMessage);
  }

  #named<Row extends { identity: string }, Message>(
    row: Row,
    message: (row: Row, workerId: string) => Message,
  ): Message | Promise<Message> {
    if (this.pseudonymiser === undefined) {
      throw new TypeError("identity: the client has no pseudonymiser; pass one, or add messages with a workerId");
    }
    const made = this.pseudonymiser.pseudonym(row.identity);
    return typeof made === "string" ? message(row, made) : made.then((workerId) => message(row, workerId));
  }
}
