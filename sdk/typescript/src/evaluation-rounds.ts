/** What a pseudonymiser does between question and answer, and what it knows of the registry's keys. */
import type {
  EvaluatePseudonymsRequest,
  EvaluatePseudonymsResponse,
  GetPseudonymKeysResponse,
} from "./api/registry/v1/pseudonyms.js";
import { EvaluationRefusedError, KeyChangedError, PseudonymError } from "./errors.js";
import { type EvaluationThread, ProofError } from "./evaluation-thread.js";
import { dateOf } from "./moments.js";
import type { Blinding } from "./voprf.js";

/**
 * Of the 64 bytes of an output: 144 bits are 24 characters without padding; a collision among 10⁹ workers has a chance below
 * 10⁻²⁵.
 */
const PSEUDONYM_BYTES = 18;

/** Of one request, as the contract says. */
export const MOST_ELEMENTS = 500;

/** How long what is known of the keys is used: a rotation is announced days ahead. */
const KEYS_FRESH_MS = 3_600_000;

/** A version of the registry's key. */
export interface PseudonymKey {
  readonly version: number;
  /** 32 bytes; what answers are verified with. Keep it, and pin it the next time. */
  readonly publicKey: Uint8Array;
  /** From when on events carry its pseudonyms. */
  readonly notBefore: Date;
  /** From when on it does not answer; undefined: no end is planned. */
  readonly retireTime: Date | undefined;
}

/** The versions as the registry last told them. A version's key, once seen, may not change. */
export class KnownKeys {
  readonly #seen: Map<number, Uint8Array>;
  #keys: readonly PseudonymKey[] = [];
  #toldMs: number | undefined;

  /** `pins`: public keys by version that are known from elsewhere. */
  constructor(pins: Readonly<Record<number, Uint8Array>>) {
    this.#seen = new Map(Object.entries(pins).map(([version, key]) => [Number(version), key]));
  }

  /** Those that answer, ascending. */
  get keys(): readonly PseudonymKey[] {
    return this.#keys;
  }

  /** Whether they need not be asked for again, at a monotonic time, to use a version. */
  fresh(nowMs: number, version?: number): boolean {
    if (this.#toldMs === undefined || nowMs - this.#toldMs >= KEYS_FRESH_MS) {
      return false;
    }
    return version === undefined || this.#keys.some((key) => key.version === version);
  }

  /** Have them asked for again; what is pinned stays so. */
  forget(): void {
    this.#toldMs = undefined;
  }

  /** Take in what the registry told. Throws a PseudonymError if a version has another key than before, or there is none. */
  learn(answer: GetPseudonymKeysResponse, nowMs: number): void {
    for (const { keyVersion, publicKey } of answer.keys) {
      const seen = this.#seen.get(keyVersion);
      if (seen !== undefined && !same(seen, publicKey)) {
        throw new KeyChangedError(
          `version ${keyVersion} of the registry's key has another public key than before; ask the registry, by another ` +
            "way, which one is right",
        );
      }
    }
    if (answer.keys.length === 0) {
      throw new EvaluationRefusedError("the registry told no version of its key");
    }
    this.#keys = answer.keys
      .map(({ keyVersion, publicKey, notBefore, retireTime }) => ({
        version: keyVersion,
        publicKey,
        notBefore: dateOf(notBefore ?? { seconds: 0, nanos: 0 }),
        retireTime: retireTime && dateOf(retireTime),
      }))
      .sort((one, other) => one.version - other.version);
    for (const key of this.#keys) {
      this.#seen.set(key.version, key.publicKey);
    }
    this.#toldMs = nowMs;
  }

  /** The version asked for, or the one events carry now. Throws a PseudonymError for one that does not answer. */
  version(asked: number | undefined, now: Date): PseudonymKey {
    const key =
      asked === undefined
        ? (this.#keys.findLast((each) => each.notBefore <= now) ?? this.#keys[0])
        : this.#keys.find((each) => each.version === asked);
    if (key === undefined) {
      throw new PseudonymError(
        `keyVersion: ${asked} does not answer; ${this.#keys.map((each) => each.version).join(", ")} do`,
      );
    }
    return key;
  }
}

/** Some identities, on their way to the registry and back. Used once. */
export class Round {
  private constructor(
    private readonly thread: EvaluationThread,
    private readonly key: PseudonymKey,
    private readonly texts: readonly string[],
    private readonly blindings: readonly Blinding[],
  ) {}

  /** `texts` as of `canonical`; 1–500. */
  static async begin(thread: EvaluationThread, key: PseudonymKey, texts: readonly string[]): Promise<Round> {
    const encoder = new TextEncoder();
    return new Round(thread, key, texts, await thread.blinded(texts.map((text) => encoder.encode(text))));
  }

  /** What is sent: nothing in it depends on who the workers are. */
  get request(): EvaluatePseudonymsRequest {
    return { keyVersion: this.key.version, blindedElements: this.blindings.map((each) => Buffer.from(each.blinded)) };
  }

  /** Text → pseudonym, verified. Throws an EvaluationRefusedError if the answer was not made with this version's key. */
  async pseudonyms(answer: EvaluatePseudonymsResponse): Promise<Map<string, string>> {
    const { keyVersion, publicKey, evaluatedElements: elements, proof } = answer;
    if (keyVersion !== this.key.version || !same(publicKey, this.key.publicKey)) {
      throw new EvaluationRefusedError(`the registry answered under another key than version ${this.key.version}`);
    }
    let outputs: Uint8Array[];
    try {
      outputs = await this.thread.outputs(this.blindings, { elements, proof }, publicKey);
    } catch (error) {
      if (error instanceof ProofError) {
        throw new EvaluationRefusedError(`the registry's answer: ${error.message}; nothing of it was used`);
      }
      throw error;
    }
    return new Map(outputs.map((output, place) => [this.texts[place]!, pseudonymOf(output)]));
  }
}

export function pseudonymOf(output: Uint8Array): string {
  return Buffer.from(output.subarray(0, PSEUDONYM_BYTES)).toString("base64url");
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
