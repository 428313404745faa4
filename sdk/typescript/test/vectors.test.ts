import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import type { Json } from "../programs/row-json.js";
import { runTokens, runWatch } from "./vectors-servers.js";
import { runSpool } from "./vectors-spool.js";
import { runBatch, runError, runIdentity, runOprf, runRetries } from "./vectors-values.js";

const FOLDER = new URL("../../../vectors/", import.meta.url);

/** What this client makes of the given of a case, by file. */
const RUNNERS: Record<string, (given: Json) => unknown> = {
  "batches.json": runBatch,
  "errors.json": runError,
  "identities.json": runIdentity,
  "oprf.json": runOprf,
  "retries.json": runRetries,
  "spool.json": runSpool,
  "tokens.json": runTokens,
  "watches.json": runWatch,
};

interface Case {
  name: string;
  given: Json;
  expected: unknown;
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) as T;
}

/** What a case says and its runner does not read would not have been run. */
function readWhole(given: Json): { given: Json; unread: () => string[] } {
  const read = new Set<string>();
  const watched = new Proxy(given, {
    get: (target, name) => {
      read.add(name as string);
      return target[name as string];
    },
  });
  return { given: watched, unread: () => Object.keys(given).filter((name) => !read.has(name)) };
}

const counts = read<Record<string, number>>("index.json");

test("every file of vectors is counted, and run by somebody", () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".json") && name !== "index.json");
  assert.deepEqual(files.sort(), Object.keys(counts).sort());
  assert.deepEqual(Object.keys(RUNNERS).sort(), Object.keys(counts).sort());
});

for (const [file, count] of Object.entries(counts)) {
  test(`every vector of ${file} gives what it says`, async (t) => {
    const { cases } = read<{ cases: Case[] }>(file);
    const ran = new Set<string>();
    for (const each of cases) {
      await t.test(each.name, async () => {
        ran.add(each.name);
        const { given, unread } = readWhole(each.given);
        const told: unknown = JSON.parse(JSON.stringify(await RUNNERS[file]!(given)));
        assert.deepEqual(told, each.expected);
        assert.deepEqual(unread(), []);
      });
    }
    assert.equal(ran.size, count, `${ran.size} of ${count} cases were run`);
  });
}
