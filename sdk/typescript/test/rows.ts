/** Rows of the tests. */
import { DispatchKind, type RetryPolicy } from "quzhong";
import { Dispatch } from "#internal/api/events/v1/events";

export const QUICK: Partial<RetryPolicy> = { initialMs: 1, maxMs: 50, giveUpAfterMs: 60_000 };

/** One pseudonym for everybody. */
export const SAME = { pseudonym: () => "w".repeat(24) };

export function message(eventId: string): Dispatch {
  return Dispatch.create({
    eventId,
    workerId: "w".repeat(24),
    orderId: `order-of-${eventId}`,
    eventTime: { seconds: 1_773_619_200, nanos: 0 },
    kind: DispatchKind.ACCEPTED,
    areaCode: "130203",
  });
}

export function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, number) => `e-${String(number).padStart(6, "0")}`);
}
