/**
 * Take back what was said of an event: the row that replaces it, to be added like any other.
 *
 *     await client.addDispatch(row);
 *     row = correct(row, { distanceM: 2_450 });
 *     await client.addDispatch(row);
 *     await client.addDispatch(remove(row)); // it never happened
 *
 * Each call makes the version after the one it is given, so keep what was sent last. Versions may arrive in any order: the
 * highest one holds, whole. Two programs that correct one event at the same time make the same version with other content;
 * the later one is rejected, `EVENT_ID_REUSED`.
 */
import type { AnyDispatch, AnyWorkSession } from "./rows.js";

type Event = AnyDispatch | AnyWorkSession;

/** What an event is found by; it stays the same in all versions. */
const KEPT = ["eventId", "identity", "workerId", "orderId"] as const;
const SET_HERE = ["version", "deleted"] as const;

/** What may be changed of an event. */
export type Changes<E extends Event> = Partial<Omit<E, (typeof KEPT)[number] | (typeof SET_HERE)[number]>>;

/**
 * The next version of an event, with other values in the fields named; a new object of the same kind.
 *
 * The rest stays as it says; undefined states nothing any more. After a deletion it says that the event happened after all.
 *
 * @param event the version that was sent last.
 * @throws TypeError for a field that every version keeps: remove the event and send another, with a new eventId.
 */
export function correct<E extends Event>(event: E, changes: Changes<E>): E {
  for (const name of KEPT) {
    if (name in changes) {
      throw new TypeError(
        `${name}: every version of an event keeps it; remove the event and send another with a new eventId`,
      );
    }
  }
  for (const name of SET_HERE) {
    if (name in changes) {
      throw new TypeError(`${name}: is set by correct() and remove() themselves`);
    }
  }
  return { ...event, ...changes, version: (event.version ?? 0) + 1, deleted: false };
}

/**
 * The next version of an event, which says that it never happened; a new object of the same kind. The other languages call
 * it `delete`, which JavaScript keeps for itself.
 *
 * @param event the version that was sent last.
 */
export function remove<E extends Event>(event: E): E {
  return { ...event, version: (event.version ?? 0) + 1, deleted: true };
}
