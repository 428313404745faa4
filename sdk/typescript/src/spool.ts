/**
 * A folder of batches that wait for a better time: a request a file, as it is sent. A file is made whole or not at all, and
 * goes once its batch is answered; what is sent twice in between has the same request id and counts once.
 *
 * It is read when a client is made and written when one closes, so it may hold up the process.
 */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

import type { Batch, RequestIds, RowKind } from "./batching.js";
import { log } from "./log.js";
import { decoded, encoded } from "./requests.js";

/** As every other language names its files. */
const SUFFIXES: Record<RowKind, string> = { dispatch: ".dispatches.pb", "work session": ".work-sessions.pb" };

export class Spool {
  /** The rows tell what pseudonyms did: the folder is nobody else's business. */
  constructor(
    private readonly folder: string,
    private readonly platformId: string,
  ) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** Write what could not be delivered. The rest is tried even if one cannot be written; then that error is thrown. */
  keep(batches: readonly Batch[]): void {
    const failed: unknown[] = [];
    for (const batch of batches) {
      try {
        this.#write(batch);
      } catch (error) {
        failed.push(error);
      }
    }
    if (failed.length > 0) {
      throw new AggregateError(failed, `spool: ${failed.length} batches cannot be written to ${this.folder}`);
    }
  }

  /** Those of earlier clients, in the order they were kept. */
  batches(ids: RequestIds): Batch[] {
    return readdirSync(this.folder)
      .filter((name) => name.endsWith(".pb"))
      .map((name) => ({ name, since: statSync(join(this.folder, name)).mtimeMs }))
      .sort((one, other) => one.since - other.since)
      .map(({ name }) => this.#read(name, ids));
  }

  /** A batch was answered. It need not have been kept. */
  forget(batch: Batch): void {
    try {
      rmSync(this.#path(batch), { force: true });
    } catch (error) {
      log.warn(`quzhong: an answered batch stays in the spool and will count as a resent one: ${error}`);
    }
  }

  /** Request ids may have any printable character, file names may not. */
  #path(batch: Batch): string {
    return join(this.folder, Buffer.from(batch.requestId).toString("hex") + SUFFIXES[batch.kind]);
  }

  #write(batch: Batch): void {
    const path = this.#path(batch);
    const unfinished = `${path}.unfinished`;
    const file = openSync(unfinished, "w", 0o600);
    try {
      writeSync(file, encoded(batch, this.platformId));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(unfinished, path);
  }

  #read(name: string, ids: RequestIds): Batch {
    const kind: RowKind = name.endsWith(SUFFIXES.dispatch) ? "dispatch" : "work session";
    let told: ReturnType<typeof decoded>;
    try {
      told = decoded(kind, readFileSync(join(this.folder, name)), ids.next().number);
    } catch (error) {
      throw new Error(`spool: ${name}: no batch: ${(error as Error).message}`, { cause: error });
    }
    if (told.platformId !== this.platformId) {
      throw new Error(
        `spool: ${name}: a batch of ${told.platformId}, not of ${this.platformId}; each has a folder of its own`,
      );
    }
    return told.batch;
  }
}
