/**
 * Sends a day of rows as a platform's dispatch system would: with a key of its own, pseudonyms of the registry, and rows that
 * come one after the other. The tests of all languages have one like it.
 */
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { setTimeout as after } from "node:timers/promises";

import { Client, ObliviousPseudonymiser, PrivateKeyJwt } from "quzhong";
import { dispatchRow, type Json, workSessionRow } from "./row-json.js";

interface Task {
  address: string;
  token_url: string;
  client_id: string;
  key_file: string;
  platform_id: string;
  batch_size: number;
  queue_rows: number;
  interval_ms: number;
  linger_ms: number;
  dispatches: Json[];
  work_sessions: Json[];
}

const told = JSON.parse(await text(process.stdin)) as Task;
const credential = new PrivateKeyJwt(told.client_id, readFileSync(told.key_file), told.token_url);
const pseudonymiser = new ObliviousPseudonymiser(told.address, credential);
const client = new Client(told.address, credential, told.platform_id, {
  pseudonymiser,
  batchSize: told.batch_size,
  queueRows: told.queue_rows,
  lingerMs: told.linger_ms,
});

let most = 0;
const beganMs = performance.now();
let added = 0;

/** A timer is no finer than a millisecond: rows come at their rate all the same. */
async function paced(): Promise<void> {
  added += 1;
  most = Math.max(most, client.heldRows);
  const early = beganMs + added * told.interval_ms - performance.now();
  if (early >= 1) {
    await after(early);
  }
}

for (const row of told.work_sessions) {
  await client.addWorkSession(workSessionRow(row));
  await paced();
}
for (const row of told.dispatches) {
  await client.addDispatch(dispatchRow(row));
  await paced();
}
await client.close();
await pseudonymiser.close();
console.error(`at most ${most} rows were held`);
console.log(JSON.stringify(client.totals));
