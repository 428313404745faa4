/** Pseudonyms from the registry, which never learns whose they are. */
import { randomUUID } from "node:crypto";

import type { ChannelCredentials } from "@grpc/grpc-js";
import { LRUCache } from "lru-cache";

import { PseudonymServiceClient } from "./api/registry/v1/pseudonyms.js";
import { type CallSettings, type Credential, retried, stubOf, type Unary } from "./channel.js";
import { FailedPreconditionError, NotFoundError } from "./errors.js";
import { KnownKeys, MOST_ELEMENTS, type PseudonymKey, Round } from "./evaluation-rounds.js";
import { EvaluationThread } from "./evaluation-thread.js";
import { canonical } from "./identities.js";
import type { Pseudonymiser } from "./pseudonyms.js";
import { type Pacing, policyOf, REAL_PACING, type RetryPolicy } from "./retry.js";

export interface PseudonymOptions {
  /**
   * Public keys by version, as published by the authority, or `keys` of an earlier run: any other is refused. Without them
   * the first one seen is trusted for as long as the pseudonymiser lives.
   */
  pins?: Readonly<Record<number, Uint8Array>>;
  /** How many pseudonyms are kept at hand; 100,000 by default. */
  cacheSize?: number;
  /** Identities a call, 1–500; 500 by default. */
  batchSize?: number;
  /** How long one attempt of a call may take, milliseconds; 30,000 by default. */
  timeoutMs?: number;
  /** How UNAVAILABLE is met, and RESOURCE_EXHAUSTED that says when to come again. */
  retry?: Partial<RetryPolicy>;
  /** TLS; without it the connection is plain and the token can be read on the way. */
  credentials?: ChannelCredentials;
  /** Time and chance, for tests. */
  pacing?: Pacing;
  /** The present, by which the version is chosen; for tests. */
  clock?: () => Date;
}

/**
 * Pseudonyms by an oblivious pseudorandom function (RFC 9497) with the registry's key.
 *
 *     const pseudonyms = new ObliviousPseudonymiser("quzhong.example:443", credential, {
 *       credentials: credentials.createSsl(), pins: { 1: Buffer.from("…", "hex") },
 *     });
 *     await pseudonyms.pseudonyms(everybodyOnDuty); // once: in batches of 500
 *     const client = new Client(..., { pseudonymiser: pseudonyms });
 *
 * The identity is blinded here, the registry evaluates what looks random to it, its proof is verified, and the blinding is
 * taken away here, in a thread of its own. Every platform gets the same pseudonym for a person, and none can compute one
 * without asking, which the registry counts.
 */
export class ObliviousPseudonymiser implements Pseudonymiser, AsyncDisposable {
  readonly #registry: PseudonymServiceClient;
  readonly #calls: CallSettings;
  readonly #batchSize: number;
  readonly #clock: () => Date;
  readonly #known: KnownKeys;
  readonly #cache: LRUCache<string, string>;
  readonly #thread = new EvaluationThread();
  /** While the keys are asked for: many who start together ask once. */
  #asking: Promise<void> | undefined;
  /** Single pseudonyms on their way: many who want the same one ask once. */
  readonly #coming = new Map<string, Promise<string>>();

  /**
   * Nobody is called before the first identity.
   *
   * @param address `host:port` of the registry.
   * @param credential Of the platform or partner firm: a token of the registry, or a `PrivateKeyJwt`.
   * @throws RangeError naming the option that makes no sense.
   */
  constructor(address: string, credential: Credential, options: PseudonymOptions = {}) {
    const { cacheSize = 100_000, batchSize = MOST_ELEMENTS, timeoutMs = 30_000 } = options;
    if (!(Number.isInteger(batchSize) && batchSize >= 1 && batchSize <= MOST_ELEMENTS)) {
      throw new RangeError(`batchSize: ${batchSize}; 1–${MOST_ELEMENTS} are taken`);
    }
    if (!(Number.isInteger(cacheSize) && cacheSize >= 1)) {
      throw new RangeError(`cacheSize: ${cacheSize}; at least 1 is needed`);
    }
    const pacing = options.pacing ?? REAL_PACING;
    this.#calls = { credential, timeoutMs, retry: policyOf(options.retry), pacing };
    this.#batchSize = batchSize;
    this.#clock = options.clock ?? (() => new Date());
    this.#known = new KnownKeys(options.pins ?? {});
    this.#cache = new LRUCache({ max: cacheSize });
    this.#registry = stubOf(PseudonymServiceClient, address, options.credentials);
  }

  /** The versions that answer, ascending. Throws an ApiError, or KeyChangedError if a version has another key than before. */
  async keys(): Promise<readonly PseudonymKey[]> {
    await this.#freshKeys();
    return this.#known.keys;
  }

  /**
   * 24 characters: at once if they are at hand, else by one call of the registry. For many use `pseudonyms`. Throws as that
   * does; an IdentityError at once.
   *
   * @param identity An identity number, or a licence's number.
   * @param keyVersion By default the version events carry now.
   */
  pseudonym(identity: string, keyVersion?: number): string | Promise<string> {
    const text = canonical(identity);
    if (this.#known.fresh(this.#calls.pacing.now(), keyVersion)) {
      const key = this.#known.version(keyVersion, this.#clock());
      const found = this.#cache.get(place(key.version, text));
      if (found !== undefined) {
        return found;
      }
    }
    const wanted = place(keyVersion ?? 0, text);
    let coming = this.#coming.get(wanted);
    if (coming === undefined) {
      coming = this.#made([text], keyVersion)
        .then(([pseudonym]) => pseudonym!)
        .finally(() => this.#coming.delete(wanted));
      this.#coming.set(wanted, coming);
    }
    return coming;
  }

  /**
   * Those of many, in their order, in batches; each person is asked for once. Throws
   *
   * - `IdentityError` for the first number that cannot be right; nobody was asked then.
   * - `ResourceExhaustedError`: the day's evaluations are used up; `retryAfterMs` says for how long.
   * - `EvaluationRefusedError`: the registry's answer does not prove itself.
   * - `KeyChangedError`: a version has another key than before.
   * - `PseudonymError`: the version does not answer.
   */
  async pseudonyms(identities: Iterable<string>, keyVersion?: number): Promise<string[]> {
    return await this.#made([...identities].map(canonical), keyVersion);
  }

  /**
   * Make the pseudonyms of both versions and hand in which belongs to which; for all workers, while both answer. What was
   * handed in before, by whomever, changes nothing.
   *
   * Answers the places of those whose pair contradicts a known one: a mistake somewhere. Throws as `pseudonyms`, and
   * `InvalidArgumentError`: NOT_CONSECUTIVE, unless the new version follows the old one.
   */
  async link(identities: Iterable<string>, oldVersion: number, newVersion: number): Promise<number[]> {
    const everybody = [...identities];
    const before = await this.pseudonyms(everybody, oldVersion);
    const after = await this.pseudonyms(everybody, newVersion);
    const contradicting: number[] = [];
    for (let start = 0; start < before.length; start += MOST_ELEMENTS) {
      const links = before.slice(start, start + MOST_ELEMENTS).map((oldPseudonym, offset) => ({
        oldPseudonym,
        newPseudonym: after[start + offset]!,
      }));
      const request = { requestId: randomUUID(), oldKeyVersion: oldVersion, newKeyVersion: newVersion, links };
      const answer = await this.#called(this.#registry.linkPseudonyms, request);
      contradicting.push(...answer.contradicting.map((offset) => start + offset));
    }
    return contradicting;
  }

  /** Close the connection, and end the thread. */
  async close(): Promise<void> {
    this.#registry.close();
    await this.#thread.close();
  }

  /** As `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #made(texts: readonly string[], keyVersion: number | undefined): Promise<string[]> {
    await this.#freshKeys(keyVersion);
    const key = this.#known.version(keyVersion, this.#clock());
    const found = new Map<string, string>();
    const missing = [];
    for (const text of new Set(texts)) {
      const pseudonym = this.#cache.get(place(key.version, text));
      if (pseudonym === undefined) {
        missing.push(text);
      } else {
        found.set(text, pseudonym);
      }
    }
    for (let start = 0; start < missing.length; start += this.#batchSize) {
      const evaluated = await this.#evaluated(key, missing.slice(start, start + this.#batchSize));
      for (const [text, pseudonym] of evaluated) {
        this.#cache.set(place(key.version, text), pseudonym);
        found.set(text, pseudonym);
      }
    }
    return texts.map((text) => found.get(text)!);
  }

  async #evaluated(key: PseudonymKey, texts: readonly string[]): Promise<Map<string, string>> {
    const round = await Round.begin(this.#thread, key, texts);
    try {
      return await round.pseudonyms(await this.#called(this.#registry.evaluatePseudonyms, round.request));
    } catch (error) {
      if (error instanceof FailedPreconditionError || error instanceof NotFoundError) {
        this.#known.forget(); // the version went meanwhile: the next call learns which are left
      }
      throw error;
    }
  }

  async #freshKeys(version?: number): Promise<void> {
    await this.#asking;
    if (!this.#known.fresh(this.#calls.pacing.now(), version)) {
      this.#asking = this.#asked().finally(() => {
        this.#asking = undefined;
      });
      await this.#asking;
    }
  }

  async #asked(): Promise<void> {
    const answer = await this.#called(this.#registry.getPseudonymKeys, {});
    this.#known.learn(answer, this.#calls.pacing.now());
  }

  #called<Request, Answer>(call: Unary<Request, Answer>, request: Request): Promise<Answer> {
    return retried(call.bind(this.#registry) as Unary<Request, Answer>, request, this.#calls);
  }
}

function place(version: number, text: string): string {
  return `${version} ${text}`;
}
