/**
 * What to do for whom: the advice the service gives a platform before, at and after a limit.
 *
 *     for await (const { advisory, resumeToken } of watchAdvisories("quzhong.example:443", credential, {
 *       resumeToken: await stored(), credentials: credentials.createSsl(),
 *     })) {
 *       await actOn(advisory);
 *       await store(resumeToken);
 *     }
 *
 * `listAdvisories` is the same by the page, for who asks now and then.
 */
import { type ChannelCredentials, type ClientReadableStream, status } from "@grpc/grpc-js";

import {
  type Advisory as WireAdvisory,
  AdvisoryKind,
  type WatchAdvisoriesResponse,
  WorkhoursServiceClient,
} from "./api/workhours/v1/workhours.js";
import { bearer, type Credential, retried, stubOf, tokenOf } from "./channel.js";
import { type ApiError, UnavailableError } from "./errors.js";
import { dateOf, millisecondsOf } from "./moments.js";
import {
  Attempts,
  DEFAULT_RETRY_POLICY,
  type Pacing,
  policyOf,
  REAL_PACING,
  type RetryPolicy,
  sleep,
} from "./retry.js";
import { fromRpcError } from "./statuses.js";

/** What to do; values as in the contract. UNSPECIFIED, of a service newer than this package: do as the text says. */
export { AdvisoryKind };

/** What a platform should do for one of its workers. The latest of a finding replaces the earlier ones. */
export interface Advisory {
  /** A function of finding, revision and platform: the same advice has the same id, always. */
  readonly advisoryId: string;
  /** The pseudonym: what the platform's own pseudonymiser makes of the worker's identity. */
  readonly workerId: string;
  /** Who is advised. */
  readonly platformId: string;
  readonly ruleId: string;
  readonly kind: AdvisoryKind;
  /** At `eventTime`, if the work went on, milliseconds; undefined once the limit is passed. */
  readonly leftMs: number | undefined;
  /** When the limit is reached if the work goes on; undefined once it is passed. */
  readonly limitTime: Date | undefined;
  readonly mustRestUntil: Date | undefined;
  readonly noPushStart: Date | undefined;
  readonly noPushEnd: Date | undefined;
  /**
   * What advice belongs together by. The finding itself is the business of the platform that answers for it; to the others
   * its id is only a name.
   */
  readonly findingId: string;
  readonly revision: number;
  /** When the tier was reached, by the time of the events. */
  readonly eventTime: Date;
  /** When intake accepted the event that caused it; undefined where only time passed. */
  readonly acceptTime: Date | undefined;
  readonly createTime: Date;
  readonly textZh: string;
  readonly textEn: string;
}

/** One message of the watch. */
export interface Advised {
  readonly advisory: Advisory;
  /** Store it once the advice is acted upon: a watch that begins with it goes on with the next one. */
  readonly resumeToken: string;
}

/** One answer of the list. */
export interface AdvisoryPage {
  readonly advisories: readonly Advisory[];
  /** Ask again with it: at once if there is `more`, or later for what has come. The watch takes it too. */
  readonly resumeToken: string;
  /** There is more now. */
  readonly more: boolean;
}

export interface WatchOptions {
  /** Whose advice; empty: of every platform the token may see, which to a platform is its own. */
  platformId?: string;
  /** Of the `Advised` stored last; empty begins with what holds now. */
  resumeToken?: string;
  /** How an interruption is met. `giveUpAfterMs` counts from the first failure in a row. */
  retry?: Partial<RetryPolicy>;
  /** TLS; without it the connection is plain, which is for this machine only. */
  credentials?: ChannelCredentials;
  /** Time and chance, for tests. */
  pacing?: Pacing;
}

export interface ListOptions extends WatchOptions {
  /** At most so many, up to 1,000; 100 by default. */
  pageSize?: number;
  /** How long one attempt may take, milliseconds; 30,000 by default. */
  timeoutMs?: number;
}

/** A watch outlives any outage of the service; the policy's bounds of a single wait are the usual ones. */
const FOR_EVER: RetryPolicy = { ...DEFAULT_RETRY_POLICY, giveUpAfterMs: Infinity };

/** An endless iterator of `Advised`; made by `watchAdvisories`. Leaving a loop over it closes it. */
export class AdvisoryWatch implements AsyncIterableIterator<Advised>, AsyncDisposable {
  readonly #stub: WorkhoursServiceClient;
  readonly #credential: Credential;
  readonly #platformId: string;
  readonly #retry: RetryPolicy;
  readonly #pacing: Pacing;
  readonly #closed = new AbortController();
  #resumeToken: string;
  #token = "";
  #beganMs = 0;
  /** Of the failures in a row. */
  #attempts: Attempts | undefined;
  #stream: ClientReadableStream<WatchAdvisoriesResponse> | undefined;
  #messages: AsyncIterator<WatchAdvisoriesResponse> | undefined;

  constructor(address: string, credential: Credential, options: WatchOptions) {
    this.#credential = credential;
    this.#platformId = options.platformId ?? "";
    this.#resumeToken = options.resumeToken ?? "";
    this.#retry = policyOf(options.retry, FOR_EVER);
    this.#pacing = options.pacing ?? REAL_PACING;
    this.#stub = stubOf(WorkhoursServiceClient, address, options.credentials);
  }

  /** Of the advice given out last. */
  get resumeToken(): string {
    return this.#resumeToken;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /**
   * The next advice, waiting for it; done after `close`. Throws
   *
   * - `InvalidArgumentError`: RESUME_TOKEN_UNKNOWN: the service never gave out this token. Begin with an empty one.
   * - `UnauthenticatedError`: the token is missing, unknown or revoked.
   * - `PermissionDeniedError`: the token is good but not for this platform's advice.
   * - `UnavailableError`: if the retry policy has an end, and it is over.
   */
  async next(): Promise<IteratorResult<Advised, undefined>> {
    while (!this.#closed.signal.aborted) {
      let failure: ApiError;
      try {
        const message = await this.#received();
        if (message !== undefined) {
          return { done: false, value: this.#taken(message) };
        }
        failure = unavailable("the service ended the stream");
      } catch (error) {
        failure = broken(error);
      }
      this.#leave();
      if (!this.#closed.signal.aborted) {
        const wait = this.#waitAfter(failure);
        await sleep(wait, this.#closed.signal).catch(() => undefined);
      }
    }
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<Advised, undefined>> {
    this.close();
    return { done: true, value: undefined };
  }

  /** End the watch. A second call does nothing. */
  close(): void {
    this.#closed.abort();
    this.#leave();
    this.#stub.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }

  /** The next message of the stream, opened if there is none; undefined at its end. */
  async #received(): Promise<WatchAdvisoriesResponse | undefined> {
    if (this.#messages === undefined) {
      this.#token = await tokenOf(this.#credential);
      if (this.#closed.signal.aborted) {
        return undefined;
      }
      this.#beganMs = this.#pacing.now();
      const request = { platformId: this.#platformId, resumeToken: this.#resumeToken };
      this.#stream = this.#stub.watchAdvisories(request, bearer(this.#token));
      this.#stream.on("error", () => undefined); // it is thrown to whoever iterates
      this.#messages = this.#stream[Symbol.asyncIterator]() as AsyncIterator<WatchAdvisoriesResponse>;
    }
    const { done, value } = await this.#messages.next();
    return done ? undefined : value;
  }

  /** What the stream still holds comes again. */
  #leave(): void {
    this.#stream?.cancel();
    this.#stream = this.#messages = undefined;
  }

  #taken(message: WatchAdvisoriesResponse): Advised {
    this.#attempts = undefined;
    this.#resumeToken = message.resumeToken;
    return { advisory: advisoryOf(message.advisory!), resumeToken: message.resumeToken };
  }

  /** Milliseconds to wait before the stream is opened again; throws the failure if that cannot help. */
  #waitAfter(failure: ApiError): number {
    // A stream that held was connected, though nothing came: its end is the first failure of a new row.
    if (this.#pacing.now() - this.#beganMs > this.#retry.maxMs) {
      this.#attempts = undefined;
    }
    if (typeof this.#credential !== "string" && this.#credential.renews(failure, this.#token)) {
      return 0;
    }
    this.#attempts ??= new Attempts(this.#retry, this.#pacing);
    return this.#attempts.waitAfter(failure);
  }
}

/**
 * Advice as it comes, for ever: what holds now, then every change, across restarts of the service.
 *
 * A broken stream is taken up again after the advice given out last, without gap or repeat, with the backoff of `retry`.
 * What was replaced while the stream was away is left out: the latest of each finding comes. Nothing is sent before the
 * first `next`.
 */
export function watchAdvisories(address: string, credential: Credential, options: WatchOptions = {}): AdvisoryWatch {
  return new AdvisoryWatch(address, credential, options);
}

/** One page of what holds now, or of what has come since a resume token. UNAVAILABLE is resent. Throws an ApiError. */
export async function listAdvisories(
  address: string,
  credential: Credential,
  options: ListOptions = {},
): Promise<AdvisoryPage> {
  const { platformId = "", resumeToken = "", pageSize = 100, timeoutMs = 30_000 } = options;
  const settings = {
    credential,
    timeoutMs,
    retry: policyOf(options.retry),
    pacing: options.pacing ?? REAL_PACING,
  };
  const stub = stubOf(WorkhoursServiceClient, address, options.credentials);
  try {
    const call = stub.listAdvisories.bind(stub);
    const answer = await retried(call, { platformId, resumeToken, pageSize }, settings);
    return { ...answer, advisories: answer.advisories.map(advisoryOf) };
  } finally {
    stub.close();
  }
}

/**
 * Besides UNAVAILABLE, how a stream ends that we did not end: the service or a proxy between stops, or is tired of waiting.
 * We set no deadline.
 */
const INTERRUPTED = [status.CANCELLED, status.DEADLINE_EXCEEDED];

function broken(error: unknown): ApiError {
  const failure = fromRpcError(error);
  return INTERRUPTED.includes(failure.code) ? unavailable(failure.message) : failure;
}

function unavailable(message: string): UnavailableError {
  return new UnavailableError(status.UNAVAILABLE, message);
}

const UNSET = { seconds: 0, nanos: 0 };

function advisoryOf(message: WireAdvisory): Advisory {
  const optional = (stamp: typeof UNSET | undefined) => (stamp === undefined ? undefined : dateOf(stamp));
  const eventTime = dateOf(message.eventTime ?? UNSET);
  const leftMs = message.minutesLeft === undefined ? undefined : millisecondsOf(message.minutesLeft);
  return {
    advisoryId: message.advisoryId,
    workerId: message.workerId,
    platformId: message.platformId,
    ruleId: message.ruleId,
    kind: message.kind in AdvisoryKind ? message.kind : AdvisoryKind.UNSPECIFIED,
    leftMs,
    limitTime: leftMs === undefined ? undefined : new Date(eventTime.getTime() + leftMs),
    mustRestUntil: optional(message.mustRestUntilTime),
    noPushStart: optional(message.noPushStartTime),
    noPushEnd: optional(message.noPushEndTime),
    findingId: message.findingId,
    revision: message.revision,
    eventTime,
    acceptTime: optional(message.acceptTime),
    createTime: dateOf(message.createTime ?? UNSET),
    textZh: message.text?.zh ?? "",
    textEn: message.text?.en ?? "",
  };
}
