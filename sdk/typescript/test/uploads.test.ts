import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { status } from "@grpc/grpc-js";

import { Client, DispatchKind, type DispatchRow, PermissionDeniedError } from "quzhong";
import { numbered, SAME } from "./rows.js";
import { ScriptedIntake } from "./scripted-intake.js";
import { failing, type Served } from "./servers.js";

const intake = new ScriptedIntake();
let served: Served;
let client: Client;

before(async () => {
  served = await intake.serve();
  client = new Client(served.address, "a token", "platform-a", { batchSize: 2, pseudonymiser: SAME });
});

after(async () => {
  await client.close();
  served.stop();
});

function rows(...ids: string[]): DispatchRow[] {
  const common = { identity: "i", orderId: "o", kind: DispatchKind.ACCEPTED, areaCode: "130203" };
  return ids.map((eventId) => ({ eventId, eventTime: new Date(1_773_619_200_000), ...common }));
}

test("an upload tells the place among all rows", async () => {
  const answer = await client.uploadDispatches(rows("a", "b", "c", "bad", "e"));
  assert.equal(answer.accepted, 4);
  assert.equal(answer.rejected, 1);
  assert.equal(answer.rejections[0]!.index, 3);
  assert.equal(intake.calls, 3);
});

test("an upload that the server ends says why, and is not fed on", async () => {
  intake.script = [failing(status.PERMISSION_DENIED)];
  let taken = 0;
  const endless = function* () {
    for (const row of rows(...numbered(100_000))) {
      taken += 1;
      yield row;
    }
  };
  await assert.rejects(client.uploadDispatches(endless()), PermissionDeniedError);
  assert(taken < 100_000, "everything was sent to a server that had ended the stream");
});

test("an upload with a row that cannot be written is not answered", async () => {
  const [row] = rows("e");
  await assert.rejects(client.uploadDispatches([{ ...row!, eventTime: new Date(NaN) }]), /eventTime/);
});
