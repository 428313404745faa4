import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, test } from "node:test";
import { setTimeout as after } from "node:timers/promises";

import { status } from "@grpc/grpc-js";

import {
  Client,
  ClientClosedError,
  type ClientOptions,
  InvalidArgumentError,
  type Rejected,
  TimedOutError,
  UndeliveredError,
} from "quzhong";
import type { Dispatch } from "#internal/api/events/v1/events";
import { message, numbered, QUICK } from "./rows.js";
import { ScriptedIntake } from "./scripted-intake.js";
import { failing, type Served } from "./servers.js";

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) {
    await cleanup();
  }
});

async function intakeUp(): Promise<{ intake: ScriptedIntake; address: string; served: Served }> {
  const intake = new ScriptedIntake();
  const served = await intake.serve();
  cleanups.push(() => served.stop());
  return { intake, address: served.address, served };
}

function clientOf(address: string, options: ClientOptions = {}): Client {
  const client = new Client(address, "a token", "platform-a", { retry: QUICK, ...options });
  cleanups.push(() => client.close(0).catch(() => undefined));
  return client;
}

async function add(client: Client, ...ids: string[]): Promise<void> {
  for (const id of ids) {
    await client.addDispatch(message(id));
  }
}

test("rows are sent in batches, and closing loses none", async () => {
  const { intake, address } = await intakeUp();
  const client = clientOf(address, { batchSize: 100, lingerMs: 3_600_000 });
  await add(client, ...numbered(1_050));
  await client.close();
  assert.deepEqual(intake.eventIds, numbered(1_050));
  assert.equal(intake.calls, 11);
  await assert.rejects(client.addDispatch(message("late")), ClientClosedError);
});

test("a lingering row goes by itself", async () => {
  const { intake, address } = await intakeUp();
  const client = clientOf(address, { lingerMs: 10 });
  await add(client, "alone");
  for (const endMs = Date.now() + 10_000; client.totals.accepted === 0; await after(1)) {
    assert(Date.now() < endMs, "not sent");
  }
  assert.deepEqual(intake.eventIds, ["alone"]);
});

test("an outage loses nothing and doubles nothing, and memory is bounded", async () => {
  const intake = new ScriptedIntake();
  let served = await intake.serve();
  cleanups.push(() => served.stop());
  const client = clientOf(served.address, { batchSize: 20, queueRows: 500, lingerMs: 1 });
  let most = 0;
  const sent = (async () => {
    for (const id of numbered(3_000)) {
      await client.addDispatch(message(id));
      most = Math.max(most, client.heldRows);
      if (Number(id.slice(2)) % 4 === 0) {
        await after(1);
      }
    }
    await client.flush();
  })();
  for (let outage = 0; outage < 3; outage++) {
    await after(300); // away three times, each time for longer than the queue has room
    served.stop();
    await after(700);
    served = await intake.serve(served.address);
  }
  await sent;
  assert.deepEqual(intake.eventIds, numbered(3_000));
  assert.equal(client.totals.accepted, 3_000);
  assert(most <= 500, `${most} rows were held`);
});

test("a lost answer is asked for under the same request id", async () => {
  const { intake, address } = await intakeUp();
  intake.after = failing(status.UNAVAILABLE);
  const client = clientOf(address);
  await add(client, "once");
  await client.flush();
  assert.deepEqual(intake.eventIds, ["once"]);
  assert.equal(intake.calls, 2);
  assert.equal(intake.answers.size, 1);
});

for (const code of [status.UNAVAILABLE, status.RESOURCE_EXHAUSTED]) {
  test(`nobody comes back earlier than ${status[code]} asks`, async () => {
    const { intake, address } = await intakeUp();
    intake.script = [failing(code, 150)];
    const client = clientOf(address);
    const beganMs = performance.now();
    await add(client, "e");
    await client.flush();
    assert(performance.now() - beganMs >= 149);
    assert.equal(intake.calls, 2);
  });
}

test("a full queue holds up who adds", async () => {
  const { intake, address } = await intakeUp();
  let release = () => {};
  intake.hold = new Promise((resolve) => (release = resolve));
  const client = clientOf(address, { batchSize: 10, queueRows: 10 });
  await add(client, ...numbered(10));
  const eleventh = client.addDispatch(message("eleventh"));
  assert.equal(await Promise.race([eleventh.then(() => "taken"), after(50, "waits")]), "waits");
  await assert.rejects(client.flush(10), TimedOutError);
  release();
  await eleventh;
  await client.close();
  assert.equal(intake.eventIds.length, 11);
});

test("who waits for room when the client closes is told so", async () => {
  const { intake, address } = await intakeUp();
  intake.hold = new Promise(() => undefined);
  const client = clientOf(address, { batchSize: 1, queueRows: 1 });
  await add(client, "first");
  const second = client.addDispatch(message("second"));
  await assert.rejects(Promise.all([client.close(10), assert.rejects(second, ClientClosedError)]), UndeliveredError);
});

test("what is given up is kept and sent again", async () => {
  const { intake, address } = await intakeUp();
  intake.script = [failing(status.INVALID_ARGUMENT)];
  const client = clientOf(address);
  await add(client, "a", "b");
  await assert.rejects(client.flush(), (error) => {
    assert(error instanceof UndeliveredError);
    assert.equal(error.batches[0]!.batch.rows.length, 2);
    assert(error.batches[0]!.error instanceof InvalidArgumentError);
    return true;
  });
  await assert.rejects(client.addDispatch(message("c")), UndeliveredError);
  client.resend();
  await client.flush();
  assert.deepEqual(intake.eventIds, ["a", "b"]);
});

test("what close cannot deliver waits in the spool", async () => {
  const spool = mkdtempSync(join(tmpdir(), "quzhong-"));
  const client = clientOf("127.0.0.1:1", { batchSize: 2, spool });
  await add(client, ...numbered(5));
  await assert.rejects(client.close(50), (error) => error instanceof UndeliveredError && error.batches.length === 3);
  const { intake, address } = await intakeUp();
  intake.after = failing(status.UNAVAILABLE);
  const later = clientOf(address, { spool });
  await later.close();
  assert.deepEqual(intake.eventIds, numbered(5));
  assert.equal(intake.answers.size, 3);
  assert.deepEqual(readdirSync(spool), []);
});

test("a spool that cannot be had, or holds something else, is refused", () => {
  assert.throws(() => clientOf("127.0.0.1:1", { spool: "/dev/null/no" }));
  const spool = mkdtempSync(join(tmpdir(), "quzhong-"));
  writeFileSync(join(spool, "00.dispatches.pb"), Buffer.from("no batch at all"));
  assert.throws(() => clientOf("127.0.0.1:1", { spool }), /spool: 00.dispatches.pb/);
});

test("good rows of a batch with bad ones are kept", async () => {
  const { address } = await intakeUp();
  const refused: Rejected[] = [];
  const client = clientOf(address, { onRejected: (each) => refused.push(each) });
  await add(client, "good", "bad", "fine");
  await client.close();
  assert.deepEqual(client.totals, { accepted: 2, duplicate: 0, rejected: 1 });
  assert.equal(refused.length, 1);
  assert.equal(refused[0]!.index, 1);
  assert.equal(refused[0]!.reason, "AREA_UNKNOWN");
  assert.equal((refused[0]!.row as Dispatch).eventId, "bad");
});

test("what a callback throws is told by flush, and costs no row", async () => {
  const { intake, address } = await intakeUp();
  const client = clientOf(address, {
    onAnswer: () => {
      throw new Error("mine");
    },
  });
  await add(client, "e");
  await assert.rejects(client.flush(), /mine/);
  assert.deepEqual(intake.eventIds, ["e"]);
  assert.equal(client.totals.accepted, 1);
});

test("a token source is asked for each call, and its token sent", async () => {
  const { intake, address } = await intakeUp();
  let asked = 0;
  const source = { token: () => `token-${++asked}`, renews: () => false };
  const client = new Client(address, source, "platform-a");
  await client.submitDispatches([message("a")]);
  await client.submitDispatches([message("b")], "my own id");
  await client.close();
  const sent = intake.metadata.map((metadata) => metadata.get("authorization")[0]);
  assert.deepEqual(sent, ["Bearer token-1", "Bearer token-2"]);
  assert(intake.answers.has("my own id"));
});

test("options that make no sense are refused by name", () => {
  const wrong: Record<string, ClientOptions> = {
    batchSize: { batchSize: 5_001 },
    lingerMs: { lingerMs: -1 },
    queueRows: { queueRows: 10 },
    maxInFlight: { maxInFlight: 0 },
    retry: { retry: { initialMs: 0 } },
  };
  for (const [name, options] of Object.entries(wrong)) {
    assert.throws(() => new Client("localhost:1", "", "p", options), new RegExp(name));
  }
});
