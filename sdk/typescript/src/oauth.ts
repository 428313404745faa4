/** Access tokens by OAuth 2.0: the platform signs with a key of its own, and no secret ever leaves it. */
import { createPrivateKey, type JsonWebKey, type KeyObject, randomBytes } from "node:crypto";
import { request as plain } from "node:http";
import { Agent, type AgentOptions, request as secure } from "node:https";

import { status } from "@grpc/grpc-js";
import { SignJWT } from "jose";

import type { TokenSource } from "./channel.js";
import { type ApiError, ServerError, UnauthenticatedError } from "./errors.js";
import { log } from "./log.js";
import { Outage } from "./outages.js";

const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** How long an assertion holds: for one request and its way. */
const ASSERTION_S = 60;

/**
 * The next token is fetched so long before the present one ends: a token endpoint that is away for two minutes is noticed
 * by nobody.
 */
const EARLY_MS = 120_000;

/** After a fetch that failed while the present token still holds, the next one is tried so much later. */
const AGAIN_MS = 5_000;

/** An answer of RFC 6749 is a few hundred bytes. */
const MOST_ANSWER_BYTES = 1 << 20;

const BUSY = new Set([429, 502, 503, 504]);

export interface PrivateKeyJwtOptions {
  /** Whom assertions are addressed to, the `issuer` of the endpoint's metadata; the token URL by default. */
  audience?: string;
  /** For an authority of one's own, or a client certificate, to which the tokens are bound then. */
  tls?: Pick<AgentOptions, "ca" | "cert" | "key" | "passphrase" | "pfx">;
  /** How long one request may take, milliseconds; 10,000 by default. */
  timeoutMs?: number;
  /**
   * Clients resend while the token endpoint is away for no longer than this, milliseconds, 30,000 by default; then what
   * they sent fails (`UndeliveredError`), and each further call asks once.
   */
  giveUpAfterMs?: number;
  /** Epoch milliseconds, for tests. */
  clock?: () => number;
}

/**
 * Client credentials with `private_key_jwt` (RFC 6749, RFC 7523): give it wherever a token is wanted.
 *
 * Tokens hold for ten minutes and are fetched anew before they end. May be shared by clients.
 */
export class PrivateKeyJwt implements TokenSource {
  readonly clientId: string;
  readonly tokenUrl: string;
  readonly #key: KeyObject;
  readonly #algorithm: "Ed25519" | "ES256";
  readonly #audience: string;
  readonly #tls: AgentOptions;
  readonly #timeoutMs: number;
  readonly #clock: () => number;
  readonly #outage: Outage;
  #token = "";
  /** Epoch milliseconds from which on the next token is fetched. */
  #fetchMs = 0;
  #beginMs = 0;
  #endMs = 0;
  #fetching: Promise<string> | undefined;

  /**
   * Nobody is called before the first token is needed.
   *
   * @param clientId `credential_id` of `RegisterClientKey`.
   * @param privateKey PEM or JWK of the Ed25519 or P-256 key whose public half was registered.
   * @param tokenUrl The registry's `/oauth/token`.
   * @throws TypeError if it is no such key, or no such URL.
   */
  constructor(
    clientId: string,
    privateKey: string | Uint8Array | JsonWebKey,
    tokenUrl: string,
    options: PrivateKeyJwtOptions = {},
  ) {
    if (!URL.canParse(tokenUrl) || !/^https?:$/.test(new URL(tokenUrl).protocol)) {
      throw new TypeError(`tokenUrl: ${tokenUrl} is no URL of http or https`);
    }
    this.clientId = clientId;
    this.tokenUrl = tokenUrl;
    this.#key = keyOf(privateKey);
    this.#algorithm = this.#key.asymmetricKeyType === "ed25519" ? "Ed25519" : "ES256";
    this.#audience = options.audience || tokenUrl;
    this.#tls = options.tls ?? {};
    this.#timeoutMs = options.timeoutMs ?? 10_000;
    this.#clock = options.clock ?? Date.now;
    this.#outage = new Outage(options.giveUpAfterMs ?? 30_000);
  }

  /**
   * A token that holds now. Throws
   *
   * - `UnavailableError`: TOKEN_ENDPOINT_UNAVAILABLE: it cannot be reached, or asks to come later; TOKEN_ENDPOINT_AWAY:
   *   that has been so for `giveUpAfterMs`, and clients do not resend.
   * - `UnauthenticatedError`: CLIENT_REFUSED: it does not know the client, or the key is another one.
   * - `ServerError`: it answered something else.
   */
  token(): string | Promise<string> {
    if (this.#token && this.#clock() < this.#fetchMs) {
      return this.#token;
    }
    this.#fetching ??= this.#fetched().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  renews(failure: ApiError, token: string): boolean {
    if (failure.reason !== "CREDENTIAL_EXPIRED") {
      return false;
    }
    if (token === this.#token) {
      if (this.#clock() - this.#beginMs < AGAIN_MS) {
        return false; // a new one has ended already: the clocks differ, and no further one will help
      }
      this.#fetchMs = this.#endMs = 0;
    }
    return true;
  }

  async #fetched(): Promise<string> {
    const nowMs = this.#clock();
    try {
      await this.#fetch(nowMs);
    } catch (error) {
      if (nowMs >= this.#endMs) {
        throw error;
      }
      log.warn(`quzhong: ${error}; the present token still holds for ${Math.round((this.#endMs - nowMs) / 1_000)} s`);
      this.#fetchMs = nowMs + AGAIN_MS;
    }
    return this.#token;
  }

  async #fetch(nowMs: number): Promise<void> {
    const form = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: this.clientId,
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: await this.#assertion(Math.floor(nowMs / 1_000)),
    });
    let answer: Answer;
    try {
      answer = await posted(this.tokenUrl, form.toString(), this.#tls, this.#timeoutMs);
    } catch (error) {
      throw this.#outage.error(`the token endpoint cannot be reached: ${(error as Error).message}`);
    }
    if (BUSY.has(answer.status)) {
      const waitMs = /^\d+$/.test(answer.retryAfter) ? Number(answer.retryAfter) * 1_000 : 0; // a date is not read
      throw this.#outage.error(`the token endpoint answers ${answer.status}`, waitMs);
    }
    const told = objectOf(answer.body);
    const lifeMs = Number(told["expires_in"] ?? NaN) * 1_000;
    if (answer.status !== 200 || typeof told["access_token"] !== "string" || !Number.isFinite(lifeMs)) {
      throw refused(answer.status, told);
    }
    this.#outage.end();
    this.#token = told["access_token"];
    this.#beginMs = nowMs;
    this.#endMs = nowMs + lifeMs;
    this.#fetchMs = nowMs + Math.max(lifeMs - EARLY_MS, lifeMs / 2);
  }

  async #assertion(nowS: number): Promise<string> {
    return await new SignJWT({})
      .setProtectedHeader({ alg: this.#algorithm })
      .setIssuer(this.clientId)
      .setSubject(this.clientId)
      .setAudience(this.#audience)
      .setIssuedAt(nowS)
      .setExpirationTime(nowS + ASSERTION_S)
      .setJti(randomBytes(16).toString("base64url"))
      .sign(this.#key);
  }
}

function keyOf(given: string | Uint8Array | JsonWebKey): KeyObject {
  let key: KeyObject;
  try {
    const text = given instanceof Uint8Array ? Buffer.from(given).toString("utf8") : given;
    if (typeof text !== "string") {
      key = createPrivateKey({ key: text, format: "jwk" });
    } else if (text.trimStart().startsWith("{")) {
      key = createPrivateKey({ key: JSON.parse(text) as JsonWebKey, format: "jwk" });
    } else {
      key = createPrivateKey(text);
    }
  } catch {
    // What was given stays out of the message: it may be a secret with a blemish.
    throw new TypeError("privateKey: neither a PEM nor a JWK of a private key");
  }
  const curve = key.asymmetricKeyDetails?.namedCurve;
  if (key.asymmetricKeyType !== "ed25519" && !(key.asymmetricKeyType === "ec" && curve === "prime256v1")) {
    throw new TypeError("privateKey: not an Ed25519 or P-256 key");
  }
  return key;
}

interface Answer {
  status: number;
  retryAfter: string;
  body: string;
}

/** A connection for each: eight minutes later this one would be closed anyway. */
function posted(url: string, form: string, tls: AgentOptions, timeoutMs: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", "content-length": Buffer.byteLength(form) },
      signal: AbortSignal.timeout(timeoutMs),
    };
    const sent = url.startsWith("https:")
      ? secure(url, { ...options, agent: new Agent({ ...tls, keepAlive: false }) })
      : plain(url, { ...options, agent: false });
    sent.on("error", reject);
    sent.on("response", (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (piece: string) => {
        body += piece;
        if (body.length > MOST_ANSWER_BYTES) {
          response.destroy(new Error(`an answer of more than ${MOST_ANSWER_BYTES} bytes`));
        }
      });
      response.on("error", reject);
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, retryAfter: response.headers["retry-after"] ?? "", body });
      });
    });
    sent.end(form);
  });
}

function objectOf(body: string): Record<string, unknown> {
  try {
    const told: unknown = JSON.parse(body);
    return typeof told === "object" && told !== null ? (told as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function refused(code: number, told: Record<string, unknown>): ApiError {
  const said =
    typeof told["error"] === "string"
      ? `${told["error"]}: ${String(told["error_description"] ?? "")}`
      : `HTTP ${code}, not an answer of RFC 6749`;
  if (code === 400 || code === 401) {
    // The registry's words for an assertion of another time than its own.
    const zh = said.includes("set the clock")
      ? "令牌端点拒绝了该客户端：本机时间与登记处不一致；请校准本机时钟"
      : "令牌端点拒绝了该客户端；请核对 client_id 与密钥";
    const message = `the token endpoint refused the client: ${said}`;
    return new UnauthenticatedError(status.UNAUTHENTICATED, message, { reason: "CLIENT_REFUSED", zh });
  }
  const zh = `令牌端点的答复无法使用（HTTP ${code}）；请核对 token_url 是否正确`;
  const message = `${said}; check token_url: it is the registry's /oauth/token`;
  return new ServerError(status.UNKNOWN, message, { reason: "TOKEN_ANSWER", zh });
}
