/** Hand in events. */
import type { ChannelCredentials } from "@grpc/grpc-js";

import {
  type BatchAnswer as WireBatchAnswer,
  IntakeServiceClient,
  type UploadDispatchesRequest,
  type UploadDispatchesResponse,
  type UploadWorkSessionsRequest,
  type UploadWorkSessionsResponse,
} from "./api/intake/v1/intake.js";
import {
  type BatchAnswer,
  batchAnswer,
  type Rejected,
  sum,
  type Totals,
  type UploadAnswer,
  uploadAnswer,
} from "./answers.js";
import { type Batch, RequestIds, type Row, type RowKind, SendQueue } from "./batching.js";
import { bearer, type CallSettings, type Credential, retried, stubOf, tokenOf } from "./channel.js";
import { ClientClosedError, TimedOutError, type Undelivered, UndeliveredError } from "./errors.js";
import type { Pseudonymiser } from "./pseudonyms.js";
import { type Pacing, policyOf, REAL_PACING, type RetryPolicy } from "./retry.js";
import { type AnyDispatch, type AnyWorkSession, RowMaker } from "./rows.js";
import { Signal } from "./signal.js";
import { Spool } from "./spool.js";
import { traceNow } from "./tracing.js";
import { cut, uploaded } from "./uploads.js";

type Rows<T> = Iterable<T> | AsyncIterable<T>;

export interface ClientOptions {
  /** Turns identities into pseudonyms; needed only for `DispatchRow` and `WorkSessionRow`. */
  pseudonymiser?: Pseudonymiser;
  /** Rows a call, 1–5,000; 500 by default. */
  batchSize?: number;
  /** How long a row may wait for others, milliseconds; 200 by default. */
  lingerMs?: number;
  /** Calls at the same time; 4 by default. With 1 batches arrive in the order they were added. */
  maxInFlight?: number;
  /** Rows without an answer before `add…` waits; 20,000 by default. */
  queueRows?: number;
  /** How long one attempt of a call may take, milliseconds; 30,000 by default. */
  timeoutMs?: number;
  /** How UNAVAILABLE is met, and RESOURCE_EXHAUSTED that says when to come again. */
  retry?: Partial<RetryPolicy>;
  /**
   * TLS; without it the connection is plain and the token can be read on the way, which is for this machine only.
   */
  credentials?: ChannelCredentials;
  /**
   * A folder where batches that `close` could not deliver wait for the next client with the same folder; without one they
   * are in the `UndeliveredError` alone. One client at a time uses a folder.
   */
  spool?: string;
  /** Called with every answer. */
  onAnswer?: (answer: BatchAnswer) => void;
  /** Called with every rejected row. */
  onRejected?: (rejected: Rejected) => void;
  /** Time and chance, for tests. */
  pacing?: Pacing;
}

const DONE = Promise.resolve();

/**
 * Sends a platform's events, several batches in flight, and loses none.
 *
 *     const client = new Client("quzhong.example:443", credential, "platform-a", {
 *       pseudonymiser, credentials: credentials.createSsl(), onRejected: console.log,
 *     });
 *     await client.addDispatch({ ... });
 *     await client.close();
 *
 * `add…` is done at once, or when there is room while `queueRows` rows have no answer yet (backpressure): await it. A batch
 * goes out when it has `batchSize` rows or is `lingerMs` old. With `maxInFlight` above 1 batches may arrive in another order
 * than they were added; verdicts do not depend on the order.
 */
export class Client implements AsyncDisposable {
  readonly platformId: string;
  readonly #intake: IntakeServiceClient;
  readonly #calls: CallSettings;
  readonly #rows: RowMaker;
  readonly #ids = new RequestIds();
  readonly #queue: SendQueue;
  readonly #batchSize: number;
  readonly #maxInFlight: number;
  readonly #spool: Spool | undefined;
  readonly #onAnswer: ClientOptions["onAnswer"];
  readonly #onRejected: ClientOptions["onRejected"];
  /** Callers of `add…`, `flush` and `close` wait on it. */
  readonly #progress = new Signal();
  /** Aborted when `close` has no time left: calls in flight are cut, and nobody waits between attempts. */
  readonly #hurry = new AbortController();
  readonly #sending = new Set<Promise<void>>();
  #linger: NodeJS.Timeout | undefined;
  #totals: Totals = { accepted: 0, duplicate: 0, rejected: 0 };
  #closed = false;
  #callbackError: Error | undefined;

  /**
   * Nothing is sent, and nobody is called, before the first row, except what waits in the spool.
   *
   * @param address `host:port` of the intake service.
   * @param credential The platform's: a token of the registry, or a `PrivateKeyJwt`.
   * @param platformId The platform the rows are of.
   * @throws RangeError naming the option that makes no sense.
   */
  constructor(address: string, credential: Credential, platformId: string, options: ClientOptions = {}) {
    const { batchSize = 500, lingerMs = 200, maxInFlight = 4, queueRows = 20_000, timeoutMs = 30_000 } = options;
    if (!(maxInFlight >= 1)) {
      throw new RangeError(`maxInFlight: ${maxInFlight}; at least 1 is needed`);
    }
    const pacing = options.pacing ?? REAL_PACING;
    this.platformId = platformId;
    this.#calls = { credential, timeoutMs, retry: policyOf(options.retry), pacing };
    this.#rows = new RowMaker(options.pseudonymiser);
    this.#queue = new SendQueue(this.#ids, { batchSize, lingerMs, queueRows });
    this.#batchSize = batchSize;
    this.#maxInFlight = maxInFlight;
    this.#onAnswer = options.onAnswer;
    this.#onRejected = options.onRejected;
    this.#spool = options.spool === undefined ? undefined : new Spool(options.spool, platformId);
    const kept = this.#spool?.batches(this.#ids) ?? [];
    this.#intake = stubOf(IntakeServiceClient, address, options.credentials);
    for (const batch of kept) {
      this.#queue.adopt(batch);
    }
    this.#pump();
  }

  /** Rows answered so far, those added and those submitted or uploaded directly. */
  get totals(): Totals {
    return this.#totals;
  }

  /** Rows that have no answer yet: never more than `queueRows`, what waited in the spool aside. */
  get heldRows(): number {
    return this.#queue.heldRows;
  }

  /** Batches that were given up, see `resend`. */
  get undelivered(): readonly Undelivered[] {
    return [...this.#queue.undelivered];
  }

  /**
   * Take a row to be sent; a message belongs to the client from then on. Throws
   *
   * - `UndeliveredError` if a batch was given up before. This row was not taken.
   * - `ClientClosedError` after `close`.
   * - a RangeError or TypeError if the row cannot be written, e.g. its time has no zone; what the pseudonymiser throws.
   */
  addDispatch(row: AnyDispatch): Promise<void> {
    return this.#taken("dispatch", () => this.#rows.dispatch(row));
  }

  /** Take a row to be sent; as `addDispatch`. */
  addWorkSession(row: AnyWorkSession): Promise<void> {
    return this.#taken("work session", () => this.#rows.workSession(row));
  }

  /**
   * Wait until every row added before has its answer. Throws
   *
   * - `UndeliveredError` if a batch was given up; it is kept.
   * - `TimedOutError` if answers are still to come after `timeoutMs`; nothing was given up.
   * - what a callback threw.
   */
  async flush(timeoutMs?: number): Promise<void> {
    const number = this.#queue.seal();
    this.#pump();
    if (!(await this.#progress.until(() => this.#queue.settled(number), timeoutMs))) {
      throw new TimedOutError(`answers are still to come after ${timeoutMs} ms`);
    }
    this.#throwWhatWentWrong();
  }

  /** Send again what was given up, each batch under its old request id. */
  resend(): void {
    this.#checkOpen();
    this.#queue.resend();
    this.#pump();
  }

  /**
   * Send what is there, wait for the answers, and close. A second call does nothing. Throws
   *
   * - `UndeliveredError` with every batch that got no answer within `timeoutMs` or was given up; with a spool they are in
   *   its folder too.
   * - what a callback threw.
   */
  async close(timeoutMs?: number): Promise<void> {
    if (this.#closed) {
      return;
    }
    this.#closed = true;
    this.#queue.seal();
    this.#pump();
    this.#progress.broadcast(); // who waits for room waits in vain
    if (!(await this.#progress.until(() => this.#queue.idle, timeoutMs))) {
      this.#queue.abandon();
    }
    this.#hurry.abort(); // ends calls still in flight; their batches become undelivered
    await Promise.all(this.#sending);
    this.#intake.close();
    this.#spool?.keep(this.#queue.undelivered.map((each) => each.batch));
    this.#throwWhatWentWrong();
  }

  /** As `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /**
   * Send up to 5,000 rows in one call, past the queue, and answer what became of each. Throws an `ApiError`.
   *
   * @param requestId For callers who want to send the same batch again after a crash of their own.
   */
  async submitDispatches(rows: Iterable<AnyDispatch>, requestId?: string): Promise<BatchAnswer> {
    return await this.#submit("dispatch", [...rows].map((row) => this.#rows.dispatch(row)), requestId);
  }

  /** As `submitDispatches`. */
  async submitWorkSessions(rows: Iterable<AnyWorkSession>, requestId?: string): Promise<BatchAnswer> {
    return await this.#submit("work session", [...rows].map((row) => this.#rows.workSession(row)), requestId);
  }

  /**
   * Send any number of rows in one stream, for bulk; one answer for all of them. Throws an `ApiError`.
   *
   * A stream is not sent again by itself: after an `UnavailableError` upload the same rows once more, those that had arrived
   * count as duplicates.
   */
  async uploadDispatches(rows: Rows<AnyDispatch>): Promise<UploadAnswer> {
    const metadata = await this.#uploadMetadata();
    const { starts, batches } = this.#numbered(cut(rows, (row) => this.#rows.dispatch(row), this.#batchSize));
    const platformId = this.platformId;
    const requests = async function* (): AsyncGenerator<UploadDispatchesRequest> {
      for await (const { requestId, rows: dispatches } of batches) {
        yield { batch: { requestId, platformId, dispatches } };
      }
    };
    const response = await uploaded<UploadDispatchesRequest, UploadDispatchesResponse>(
      (answered) => this.#intake.uploadDispatches(metadata, answered),
      requests(),
    );
    return this.#counted(uploadAnswer(starts, response.answer!));
  }

  /** As `uploadDispatches`. */
  async uploadWorkSessions(rows: Rows<AnyWorkSession>): Promise<UploadAnswer> {
    const metadata = await this.#uploadMetadata();
    const { starts, batches } = this.#numbered(cut(rows, (row) => this.#rows.workSession(row), this.#batchSize));
    const platformId = this.platformId;
    const requests = async function* (): AsyncGenerator<UploadWorkSessionsRequest> {
      for await (const { requestId, rows: workSessions } of batches) {
        yield { batch: { requestId, platformId, workSessions } };
      }
    };
    const response = await uploaded<UploadWorkSessionsRequest, UploadWorkSessionsResponse>(
      (answered) => this.#intake.uploadWorkSessions(metadata, answered),
      requests(),
    );
    return this.#counted(uploadAnswer(starts, response.answer!));
  }

  #taken(kind: RowKind, make: () => Row | Promise<Row>): Promise<void> {
    try {
      const row = make();
      return row instanceof Promise ? row.then((made) => this.#add(kind, made)) : this.#add(kind, row);
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }

  #add(kind: RowKind, row: Row): Promise<void> {
    this.#checkOpen();
    this.#throwWhatWentWrong();
    if (this.#queue.full) {
      return this.#progress
        .until(() => !this.#queue.full || this.#queue.undelivered.length > 0 || this.#closed)
        .then(() => this.#add(kind, row));
    }
    if (!this.#queue.add(kind, row, this.#calls.pacing.now())) {
      return DONE;
    }
    this.#pump();
    // Who adds in a loop gives the connection a turn with each batch.
    return new Promise(setImmediate);
  }

  /** Send what is ready as far as calls may be in flight, and look again when the next batch has lingered enough. */
  #pump(): void {
    clearTimeout(this.#linger);
    while (this.#sending.size < this.#maxInFlight) {
      const nowMs = this.#calls.pacing.now();
      const batch = this.#queue.next(nowMs);
      if (batch === undefined) {
        const ms = this.#queue.lingersMs(nowMs);
        this.#linger = ms === undefined ? undefined : setTimeout(() => this.#pump(), Math.ceil(ms));
        return;
      }
      const sending = this.#deliver(batch).finally(() => {
        this.#sending.delete(sending);
        this.#pump();
        this.#progress.broadcast();
      });
      this.#sending.add(sending);
    }
  }

  async #deliver(batch: Batch): Promise<void> {
    let answer: BatchAnswer;
    try {
      answer = await this.#send(batch);
    } catch (error) {
      this.#queue.failed(batch, error as Error);
      return;
    }
    this.#callBack(answer);
    this.#queue.answered(batch);
    this.#counted(answer);
    this.#spool?.forget(batch);
  }

  /** One batch, sent until it is answered or given up. */
  async #send(batch: Batch): Promise<BatchAnswer> {
    const { requestId, trace } = batch;
    const { platformId } = this;
    const common = { requestId, platformId };
    const intake = this.#intake;
    const { answer } =
      batch.kind === "dispatch"
        ? await retried(
            intake.submitDispatches.bind(intake),
            { ...common, dispatches: batch.rows },
            this.#calls,
            trace,
            this.#hurry.signal,
          )
        : await retried(
            intake.submitWorkSessions.bind(intake),
            { ...common, workSessions: batch.rows },
            this.#calls,
            trace,
            this.#hurry.signal,
          );
    return batchAnswer(batch, answer as WireBatchAnswer);
  }

  async #submit(kind: RowKind, made: (Row | Promise<Row>)[], requestId?: string): Promise<BatchAnswer> {
    this.#checkOpen();
    const trace = traceNow();
    const rows = await Promise.all(made);
    const next = this.#ids.next();
    return this.#counted(
      await this.#send({ kind, number: next.number, requestId: requestId || next.requestId, rows, trace } as Batch),
    );
  }

  async #uploadMetadata() {
    this.#checkOpen();
    const trace = traceNow();
    return bearer(await tokenOf(this.#calls.credential), trace);
  }

  /** Each batch with a request id, and the place of its first row among all. */
  #numbered<M>(batches: AsyncGenerator<M[]>) {
    const starts = new Map<string, number>();
    const ids = this.#ids;
    let sent = 0;
    const numbered = async function* () {
      for await (const rows of batches) {
        const { requestId } = ids.next();
        starts.set(requestId, sent);
        sent += rows.length;
        yield { requestId, rows };
      }
    };
    return { starts, batches: numbered() };
  }

  #counted<Answer extends Totals>(answer: Answer): Answer {
    this.#totals = sum(this.#totals, answer);
    return answer;
  }

  #callBack(answer: BatchAnswer): void {
    try {
      this.#onAnswer?.(answer);
      if (this.#onRejected) {
        for (const rejected of answer.rejections) {
          this.#onRejected(rejected);
        }
      }
    } catch (error) {
      this.#callbackError ??= error as Error; // the caller's own code: flush or close throws it
    }
  }

  #checkOpen(): void {
    if (this.#closed) {
      throw new ClientClosedError("the client is closed");
    }
  }

  #throwWhatWentWrong(): void {
    const error = this.#callbackError;
    this.#callbackError = undefined;
    if (this.#queue.undelivered.length > 0) {
      throw new UndeliveredError([...this.#queue.undelivered]);
    }
    if (error !== undefined) {
      throw error;
    }
  }
}
