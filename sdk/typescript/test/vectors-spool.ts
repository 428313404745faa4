/** Runner of the vectors of the spool. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Json } from "../programs/row-json.js";
import { type Batch, RequestIds } from "#internal/batching";
import { Spool } from "#internal/spool";

interface File {
  name: string;
  content: string;
}

export function runSpool(given: Json): unknown {
  const files = given["files"] as unknown as File[];
  const folder = mkdtempSync(join(tmpdir(), "quzhong-"));
  files.forEach(({ name, content }, place) => {
    writeFileSync(join(folder, name), Buffer.from(content, "base64"));
    utimesSync(join(folder, name), place + 1, place + 1);
  });
  const spool = new Spool(folder, given["platform_id"] as string);
  let batches: Batch[];
  try {
    batches = spool.batches(new RequestIds());
  } catch (error) {
    const refused = files.find(({ name }) => String(error).includes(`spool: ${name}: `));
    if (refused === undefined) {
      throw error;
    }
    return { refused: refused.name };
  }
  for (const { name } of files) {
    rmSync(join(folder, name));
  }
  spool.keep(batches);
  const kept = Object.fromEntries(readdirSync(folder).map((name) => [name, contentOf(join(folder, name))]));
  for (const batch of batches) {
    spool.forget(batch);
  }
  const left = readdirSync(folder);
  if (left.length > 0) {
    throw new Error(`left behind: ${left.join(", ")}`);
  }
  rmSync(folder, { recursive: true });
  return { batches: batches.map(told), files: kept };
}

function contentOf(path: string): string {
  return readFileSync(path).toString("base64");
}

function told(batch: Batch): unknown {
  return {
    kind: batch.kind.replace(" ", "_"),
    request_id: batch.requestId,
    event_ids: batch.rows.map((row) => row.eventId),
  };
}
