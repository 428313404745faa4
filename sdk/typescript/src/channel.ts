/** How the package speaks to a server: options of a channel, the credential of a call, and calls as promises. */
import {
  type CallOptions,
  type ChannelCredentials,
  type ClientOptions,
  type ClientUnaryCall,
  credentials as transports,
  Metadata,
  type ServiceError,
} from "@grpc/grpc-js";

import type { ApiError } from "./errors.js";
import { Attempts, type Pacing, type RetryPolicy, sleep } from "./retry.js";
import { fromRpcError } from "./statuses.js";
import type { Trace } from "./tracing.js";

/** 5,000 rows are about 1 MB; an answer that rejects each of them with two texts is a few more. */
export const MOST_BYTES = 16 * 1024 * 1024;

/** For every generated stub, as the clients of this package have it. */
export const CHANNEL_OPTIONS: ClientOptions = {
  "grpc.max_send_message_length": MOST_BYTES,
  "grpc.max_receive_message_length": MOST_BYTES,
  // A channel waits up to two minutes between connection attempts by default and fails calls meanwhile: with our own
  // backoff above it, it should find a server again within seconds of its return.
  "grpc.initial_reconnect_backoff_ms": 100,
  "grpc.max_reconnect_backoff_ms": 5_000,
  // Notice a connection that died silently (a NAT that forgot it) within about half a minute.
  "grpc.keepalive_time_ms": 30_000,
  "grpc.keepalive_timeout_ms": 10_000,
};

/** What a generated stub is made with. */
type Stub<T> = new (address: string, transport: ChannelCredentials, options?: ClientOptions) => T;

/**
 * A stub of any service; without `transport` the connection is plain, and a token can be read on the way. Nobody is
 * called before the first call.
 */
export function stubOf<T>(service: Stub<T>, address: string, transport?: ChannelCredentials): T {
  return new service(address, transport ?? transports.createInsecure(), CHANNEL_OPTIONS);
}

/** Metadata that carries a token, and the trace of a caller. */
export function bearer(token: string, trace: Trace = []): Metadata {
  const metadata = new Metadata();
  metadata.set("authorization", `Bearer ${token}`);
  for (const [name, value] of trace) {
    metadata.set(name, value);
  }
  return metadata;
}

/** Fetches access tokens; `PrivateKeyJwt` is one. */
export interface TokenSource {
  /** A token that holds now. Throws an ApiError if none can be had. */
  token(): string | Promise<string>;
  /** Whether a stream that ended with this failure, opened under this token, may be opened again with another one. */
  renews(failure: ApiError, token: string): boolean;
}

/** A token of the registry, or what fetches access tokens. */
export type Credential = string | TokenSource;

export async function tokenOf(credential: Credential): Promise<string> {
  return typeof credential === "string" ? credential : await credential.token();
}

/** A call of a generated stub. */
export type Unary<Request, Answer> = (
  request: Request,
  metadata: Metadata,
  options: Partial<CallOptions>,
  callback: (error: ServiceError | null, answer: Answer) => void,
) => ClientUnaryCall;

/** What all calls of one client have in common. */
export interface CallSettings {
  readonly credential: Credential;
  readonly timeoutMs: number;
  readonly retry: RetryPolicy;
  readonly pacing: Pacing;
}

/**
 * One call, sent until it is answered or given up; then its ApiError is thrown. An aborted signal ends the attempt in
 * flight and the waiting between attempts.
 */
export async function retried<Request, Answer>(
  call: Unary<Request, Answer>,
  request: Request,
  settings: CallSettings,
  trace: Trace = [],
  signal?: AbortSignal,
): Promise<Answer> {
  const attempts = new Attempts(settings.retry, settings.pacing);
  for (;;) {
    let failure: ApiError;
    try {
      const metadata = bearer(await tokenOf(settings.credential), trace);
      return await called(call, request, metadata, settings.timeoutMs, signal);
    } catch (error) {
      failure = fromRpcError(error);
    }
    const wait = attempts.waitAfter(failure);
    try {
      await sleep(wait, signal);
    } catch {
      throw failure;
    }
  }
}

function called<Request, Answer>(
  call: Unary<Request, Answer>,
  request: Request,
  metadata: Metadata,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const deadline = Date.now() + timeoutMs;
    const sent = call(request, metadata, { deadline }, (error, answer) => {
      signal?.removeEventListener("abort", cut);
      if (error) {
        reject(error);
      } else {
        resolve(answer);
      }
    });
    const cut = () => {
      sent.cancel();
    };
    if (signal?.aborted) {
      cut();
    } else {
      signal?.addEventListener("abort", cut);
    }
  });
}
