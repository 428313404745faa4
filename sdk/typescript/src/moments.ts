/** Moments and spans as the contract writes them: exact to the microsecond, as in every other language. */
import type { Duration } from "./api/google/protobuf/duration.js";
import type { Timestamp } from "./api/google/protobuf/timestamp.js";

/**
 * A Date, or a text of RFC 3339 with its zone (`2026-03-16T12:31:00.123456+08:00`), which is exact to the microsecond where
 * a Date is to the millisecond.
 */
export type Moment = Date | string;

const RFC_3339 = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/;

/** @throws RangeError for no moment, or one without a zone: it would be read in the zone of whatever machine this is. */
export function timestamp(moment: Moment): Timestamp {
  if (typeof moment === "string") {
    const [, day, time, fraction = "", zone] = RFC_3339.exec(moment) ?? [];
    const seconds = Date.parse(`${day}T${time}${zone?.toUpperCase()}`) / 1_000;
    if (Number.isNaN(seconds)) {
      throw new RangeError(
        `eventTime: ${JSON.stringify(moment)} is no RFC 3339 with a time zone, e.g. 2026-03-16T12:31:00+08:00`,
      );
    }
    return { seconds, nanos: Number(fraction.slice(0, 6).padEnd(6, "0")) * 1_000 };
  }
  const milliseconds = moment instanceof Date ? moment.getTime() : NaN;
  if (Number.isNaN(milliseconds)) {
    throw new RangeError("eventTime: is not set");
  }
  const seconds = Math.floor(milliseconds / 1_000);
  return { seconds, nanos: (milliseconds - seconds * 1_000) * 1_000_000 };
}

/** @throws RangeError for what is no number. */
export function duration(name: string, milliseconds: number | undefined): Duration | undefined {
  if (milliseconds === undefined) {
    return undefined;
  }
  const micros = Math.round(milliseconds * 1_000);
  if (!Number.isSafeInteger(micros)) {
    throw new RangeError(`${name}: ${milliseconds} is no span in milliseconds`);
  }
  return { seconds: Math.trunc(micros / 1_000_000), nanos: (micros % 1_000_000) * 1_000 };
}

/** A moment of the contract; what is finer than a millisecond is cut off. */
export function dateOf(stamp: Timestamp): Date {
  return new Date(stamp.seconds * 1_000 + Math.floor(stamp.nanos / 1_000_000));
}

export function millisecondsOf(span: Duration): number {
  return span.seconds * 1_000 + span.nanos / 1_000_000;
}
