import assert from "node:assert/strict";
import { test } from "node:test";

import { Client, correct, DispatchKind, type DispatchRow, remove } from "quzhong";
import { dispatchMessage } from "#internal/rows";
import { SAME } from "./rows.js";

const ROW: DispatchRow = {
  eventId: "e",
  identity: "i",
  orderId: "o",
  eventTime: new Date("2026-03-16T12:31:00.123+08:00"),
  kind: DispatchKind.ACCEPTED,
  areaCode: "130203",
};

test("a row without pseudonymiser, time, zone or room for its number is refused by name", async () => {
  const client = new Client("127.0.0.1:1", "", "platform-a");
  await assert.rejects(client.addDispatch(ROW), /identity/);
  await client.close();
  const named = new Client("127.0.0.1:1", "", "platform-a", { pseudonymiser: SAME });
  const wrong: [string, Partial<DispatchRow>][] = [
    ["eventTime", { eventTime: new Date(NaN) }],
    ["eventTime", { eventTime: "2026-03-16T12:31:00" }],
    ["eventTime", { eventTime: "yesterday" }],
    ["distanceM", { distanceM: -1 }],
    ["payFen", { payFen: 1.5 }],
    ["promisedMs", { promisedMs: NaN }],
    ["kind", { kind: "ACCEPTED" as unknown as DispatchKind }],
  ];
  for (const [name, change] of wrong) {
    await assert.rejects(named.addDispatch({ ...ROW, ...change }), new RegExp(name));
  }
  assert.equal(named.heldRows, 0);
  await named.close();
});

test("a Date and a text of the same moment are the same", () => {
  const text = { ...ROW, eventTime: "2026-03-16T04:31:00.123Z" };
  assert.deepEqual(dispatchMessage(ROW, "w"), dispatchMessage(text, "w"));
});

test("a correction keeps what an event is found by", () => {
  for (const name of ["eventId", "identity", "orderId", "version", "deleted"]) {
    assert.throws(() => correct(ROW, { [name]: "other" }), new RegExp(name));
  }
  const corrected = correct(correct(ROW, { distanceM: 2_450 }), { distanceM: undefined });
  assert.deepEqual(corrected, { ...ROW, distanceM: undefined, version: 2, deleted: false });
  assert.deepEqual(remove(ROW), { ...ROW, version: 1, deleted: true });
});
