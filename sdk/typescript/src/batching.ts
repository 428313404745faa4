/** Rows on their way: gathered into batches, sent, answered. No I/O, no clock. */
import { randomBytes } from "node:crypto";

import type { Dispatch, WorkSession } from "./api/events/v1/events.js";
import type { Undelivered } from "./errors.js";
import { type Trace, traceNow } from "./tracing.js";

/** Rows the service takes in one call. */
export const MOST_ROWS = 5_000;

/** A row as it is sent. */
export type Row = Dispatch | WorkSession;

/** A batch holds rows of one kind. */
export type RowKind = "dispatch" | "work session";

interface BatchOf<Kind extends RowKind, Message extends Row> {
  readonly kind: Kind;
  /** Counts from 1 within a client. */
  readonly number: number;
  readonly requestId: string;
  readonly rows: Message[];
  /** Of whoever added its first row. */
  readonly trace: Trace;
}

/** Rows that are sent together, always under the same request id, so that resending them is safe. */
export type Batch = BatchOf<"dispatch", Dispatch> | BatchOf<"work session", WorkSession>;

/**
 * Request ids of one client: its random part and a counter. A client sends a batch under one id for ever; two clients, or
 * two runs of one program, never share an id.
 */
export class RequestIds {
  readonly #instance = randomBytes(8).toString("hex");
  #last = 0;

  next(): { number: number; requestId: string } {
    this.#last += 1;
    return { number: this.#last, requestId: `${this.#instance}-${this.#last}` };
  }
}

/** A batch that still takes rows. */
interface Open {
  readonly rows: Row[];
  readonly dueMs: number;
  readonly trace: Trace;
}

export interface QueueSettings {
  readonly batchSize: number;
  readonly lingerMs: number;
  /** Rows that may be unanswered before `full`. */
  readonly queueRows: number;
}

/**
 * Where every row is between `add` and its answer: open → ready → in flight → answered | undelivered. Times are
 * milliseconds of one monotonic clock, passed in.
 */
export class SendQueue {
  readonly #open = new Map<RowKind, Open>();
  readonly #inFlight = new Map<number, Batch>();
  #ready: Batch[] = [];
  #undelivered: Undelivered[] = [];
  #heldRows = 0;

  /** @throws RangeError naming the setting that makes no sense. */
  constructor(
    private readonly ids: RequestIds,
    private readonly settings: QueueSettings,
  ) {
    const { batchSize, lingerMs, queueRows } = settings;
    if (!(Number.isInteger(batchSize) && batchSize >= 1 && batchSize <= MOST_ROWS)) {
      throw new RangeError(`batchSize: ${batchSize}; 1 to ${MOST_ROWS} are taken`);
    }
    if (!(lingerMs >= 0)) {
      throw new RangeError(`lingerMs: ${lingerMs} is negative`);
    }
    if (!(queueRows >= batchSize)) {
      throw new RangeError(`queueRows: ${queueRows} rows do not hold one batch of ${batchSize}`);
    }
  }

  /** Rows without an answer. */
  get heldRows(): number {
    return this.#heldRows;
  }

  /** Whether `add` has to wait. */
  get full(): boolean {
    return this.#heldRows >= this.settings.queueRows;
  }

  /** Whether nothing is left to send or to be answered. */
  get idle(): boolean {
    return this.#open.size === 0 && this.#ready.length === 0 && this.#inFlight.size === 0;
  }

  /** Batches that were given up. */
  get undelivered(): readonly Undelivered[] {
    return this.#undelivered;
  }

  /** Take a row; answers whether there is something new to look at: a full batch or a new deadline. */
  add(kind: RowKind, row: Row, nowMs: number): boolean {
    this.#heldRows += 1;
    let open = this.#open.get(kind);
    if (open === undefined) {
      open = { rows: [], dueMs: nowMs + this.settings.lingerMs, trace: traceNow() };
      this.#open.set(kind, open);
    }
    open.rows.push(row);
    if (open.rows.length >= this.settings.batchSize) {
      this.#seal(kind, open);
      return true;
    }
    return open.rows.length === 1;
  }

  /** Take a batch of an earlier client, to be sent before anything else. */
  adopt(batch: Batch): void {
    this.#heldRows += batch.rows.length;
    this.#ready.push(batch);
  }

  /** The next batch to send; it is in flight from then on. */
  next(nowMs: number): Batch | undefined {
    for (const [kind, open] of this.#open) {
      if (open.dueMs <= nowMs) {
        this.#seal(kind, open);
      }
    }
    const batch = this.#ready.shift();
    if (batch !== undefined) {
      this.#inFlight.set(batch.number, batch);
    }
    return batch;
  }

  /** Milliseconds until a batch has lingered long enough; undefined: none lingers. */
  lingersMs(nowMs: number): number | undefined {
    let least: number | undefined;
    for (const open of this.#open.values()) {
      least = Math.min(least ?? Infinity, Math.max(0, open.dueMs - nowMs));
    }
    return least;
  }

  /** The batch in flight is done. */
  answered(batch: Batch): void {
    this.#inFlight.delete(batch.number);
    this.#heldRows -= batch.rows.length;
  }

  /** The batch in flight was given up: keep it. */
  failed(batch: Batch, error: Error | undefined): void {
    this.#inFlight.delete(batch.number);
    this.#undelivered.push({ batch, error });
  }

  /** Let open batches linger no more; answers the number up to which batches exist. */
  seal(): number {
    for (const [kind, open] of this.#open) {
      this.#seal(kind, open);
    }
    return Math.max(0, ...this.#numbers());
  }

  /** Whether no batch up to this number is still to be sent or answered. */
  settled(number: number): boolean {
    return this.#numbers().every((each) => each > number);
  }

  /** Send again what was given up, each batch under its old request id. */
  resend(): void {
    this.#ready = [...this.#undelivered.map((each) => each.batch), ...this.#ready];
    this.#undelivered = [];
  }

  /** Give up what was never sent. */
  abandon(): void {
    this.seal();
    this.#undelivered.push(...this.#ready.map((batch) => ({ batch, error: undefined })));
    this.#ready = [];
  }

  #numbers(): number[] {
    return [...this.#ready.map((batch) => batch.number), ...this.#inFlight.keys()];
  }

  #seal(kind: RowKind, open: Open): void {
    this.#open.delete(kind);
    this.#ready.push({ kind, ...this.ids.next(), rows: open.rows, trace: open.trace } as Batch);
  }
}
