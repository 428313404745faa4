/** Since when the token endpoint has been away, and what its callers are told meanwhile. */
import { status } from "@grpc/grpc-js";

import { TOKEN_ENDPOINT_AWAY, UnavailableError } from "./errors.js";

/**
 * Nobody asked for so long: it may have been there meanwhile. Clients that resend wait less (`RetryPolicy.maxMs`), however
 * soon they are to give up.
 */
const ANOTHER_OUTAGE_MS = 60_000;

export class Outage {
  #sinceMs: number | undefined;
  #lastMs = 0;

  constructor(private readonly giveUpAfterMs: number) {}

  /** It answered. */
  end(): void {
    this.#sinceMs = undefined;
  }

  /** It did not answer now. */
  error(message: string, retryAfterMs = 0): UnavailableError {
    const nowMs = performance.now();
    if (this.#sinceMs === undefined || nowMs - this.#lastMs > Math.max(this.giveUpAfterMs, ANOTHER_OUTAGE_MS)) {
      this.#sinceMs = nowMs;
    }
    this.#lastMs = nowMs;
    const awayMs = nowMs - this.#sinceMs;
    if (awayMs + retryAfterMs < this.giveUpAfterMs) {
      const zh = "令牌端点暂时不可用";
      return new UnavailableError(status.UNAVAILABLE, message, {
        reason: "TOKEN_ENDPOINT_UNAVAILABLE",
        zh,
        retryAfterMs,
      });
    }
    const seconds = Math.round(awayMs / 1_000);
    return new UnavailableError(
      status.UNAVAILABLE,
      `${message}; for ${seconds} s now, so nothing is resent: check tokenUrl and the network`,
      {
        reason: TOKEN_ENDPOINT_AWAY,
        zh: `令牌端点持续不可用已达 ${seconds} 秒，不再重发；请检查 tokenUrl 与网络`,
        retryAfterMs,
      },
    );
  }
}
