/** When to send a call again, and after how long. Time and chance are passed in; each wait is told to the log. */
import { setTimeout as after } from "node:timers/promises";

import { type ApiError, ResourceExhaustedError, TOKEN_ENDPOINT_AWAY, UnavailableError } from "./errors.js";
import { log } from "./log.js";

/**
 * Exponential backoff with full jitter: the n-th wait is drawn from 0 to min(maxMs, initialMs · multiplierⁿ).
 *
 * Full jitter spreads the clients of a city that all lost the same server at the same moment. What the server asks for in
 * `RetryInfo` is added in front: nobody comes back earlier than asked.
 */
export interface RetryPolicy {
  /** Upper bound of the first wait, milliseconds; 100 by default. */
  readonly initialMs: number;
  /** By how much the bound grows from one wait to the next; 2 by default. */
  readonly multiplier: number;
  /** Upper bound of any wait, milliseconds; 10,000 by default. */
  readonly maxMs: number;
  /**
   * A call is not sent again later than this after its first attempt, milliseconds. 300,000 by default: five minutes
   * outlast a deployment; what is given up is kept (`UndeliveredError`). Infinity outlives any outage.
   */
  readonly giveUpAfterMs: number;
}

/** What every other language begins with. */
export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  initialMs: 100,
  multiplier: 2,
  maxMs: 10_000,
  giveUpAfterMs: 300_000,
};

/** The policy with defaults for what it does not say. Throws a RangeError for what cannot be one. */
export function policyOf(given: Partial<RetryPolicy> = {}, defaults = DEFAULT_RETRY_POLICY): RetryPolicy {
  const policy = { ...defaults, ...given };
  const { initialMs, multiplier, maxMs, giveUpAfterMs } = policy;
  if (!(initialMs > 0 && initialMs <= maxMs && multiplier >= 1 && giveUpAfterMs >= 0)) {
    throw new RangeError(`retry: not a policy: ${JSON.stringify(policy)}`);
  }
  return policy;
}

/** Where time and chance come from; tests script them. */
export interface Pacing {
  /** Milliseconds that only grow. */
  readonly now: () => number;
  /** A number from 0 to its argument. */
  readonly uniform: (upper: number) => number;
}

export const REAL_PACING: Pacing = {
  now: () => performance.now(),
  uniform: (upper) => Math.random() * upper,
};

/**
 * Whether the same call may succeed later: if the service is away, or says when to come again. Without `RetryInfo`
 * RESOURCE_EXHAUSTED is a message that is too large, which stays so.
 */
function mayPass(error: ApiError): boolean {
  if (error.reason === TOKEN_ENDPOINT_AWAY) {
    return false;
  }
  return error instanceof UnavailableError || (error instanceof ResourceExhaustedError && error.retryAfterMs > 0);
}

/** The attempts of one call. */
export class Attempts {
  readonly #startedMs: number;
  #failures = 0;

  constructor(
    private readonly policy: RetryPolicy,
    private readonly pacing: Pacing,
  ) {
    this.#startedMs = pacing.now();
  }

  /**
   * Milliseconds to wait before the next attempt. Throws the error itself if sending the same again cannot help or the
   * policy's time is over.
   */
  waitAfter(error: ApiError): number {
    if (!mayPass(error)) {
      throw error;
    }
    const { initialMs, multiplier, maxMs, giveUpAfterMs } = this.policy;
    const wait = error.retryAfterMs + this.pacing.uniform(Math.min(maxMs, initialMs * multiplier ** this.#failures));
    if (this.pacing.now() + wait - this.#startedMs > giveUpAfterMs) {
      throw error;
    }
    this.#failures += 1;
    log.warn(`quzhong: ${error}; sending again in ${(wait / 1_000).toFixed(1)} s (attempt ${this.#failures + 1})`);
    return wait;
  }
}

/** A timer holds no more; whoever waits so long asks again a little early. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Wait, or throw the signal's reason as soon as it is aborted. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  await after(Math.min(ms, LONGEST_TIMER_MS), undefined, { signal });
}
