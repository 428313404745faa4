/**
 * What can go wrong, as errors a program can tell apart.
 *
 *     QuzhongError
 *     ├── ApiError                      the server answered with a status: `code`, `reason`, `field`, `zh`
 *     │   ├── InvalidArgumentError          a field is wrong: mend the request
 *     │   ├── NotFoundError                 no such thing: check the name
 *     │   ├── AlreadyExistsError            there already, with other content: choose another name
 *     │   ├── FailedPreconditionError       not in this state: do first what the message says
 *     │   ├── ConflictError                 somebody changed it meanwhile: read it again, then decide anew
 *     │   ├── UnauthenticatedError          no or unknown credential: ask the registry for one
 *     │   ├── PermissionDeniedError         known, but may not: ask the registry for the role or the area
 *     │   ├── ResourceExhaustedError        too much at once: resent when the server says; or too large: split
 *     │   ├── DeadlineExceededError         no answer in time: the call may have had its effect; resending is safe
 *     │   ├── UnavailableError              cannot be had at the moment: the client resends it by itself
 *     │   └── ServerError                   any other status: report it with its reason
 *     ├── IdentityError                 what a worker is known by cannot be right: `position` says where
 *     ├── PseudonymError                no pseudonym could be made
 *     │   ├── EvaluationRefusedError        the registry's answer does not prove itself: report it, use no other
 *     │   └── KeyChangedError               a version's public key is another than before: report it
 *     ├── UndeliveredError              batches that got no answer; nothing is lost, they are in `batches`
 *     ├── TimedOutError                 `flush` waited long enough; nothing was given up
 *     └── ClientClosedError             the client was used after `close`
 */
import { status } from "@grpc/grpc-js";

import type { Batch } from "./batching.js";

/** Reason of the `UnavailableError` that is not resent: the token endpoint has been away for too long. */
export const TOKEN_ENDPOINT_AWAY = "TOKEN_ENDPOINT_AWAY";

/** Base of all errors of this package. */
export class QuzhongError extends Error {
  override get name(): string {
    return this.constructor.name;
  }
}

/** What the details of a `google.rpc.Status` say. */
export interface ErrorDetails {
  /** Of `ErrorInfo`. */
  reason?: string;
  /** Of the first violation of `BadRequest`. */
  field?: string;
  /** Of `LocalizedMessage`. */
  zh?: string;
  /** Of `ErrorInfo`. */
  metadata?: Readonly<Record<string, string>>;
  /** Of `RetryInfo`, milliseconds. */
  retryAfterMs?: number;
}

/** The server answered with a status. Subclasses say what to do next. */
export class ApiError extends QuzhongError {
  /** UPPER_SNAKE and stable: what a program decides by. Empty if the server did not say. */
  readonly reason: string;
  /** The request's field that is wrong, if one is. */
  readonly field: string;
  /** `message` in Chinese; the English text if the server sent no other. */
  readonly zh: string;
  /** What else the server said about it, e.g. the limit that was passed. */
  readonly metadata: Readonly<Record<string, string>>;
  /** How long the server asks to wait, milliseconds; 0 if it did not say. */
  readonly retryAfterMs: number;

  constructor(
    /** gRPC status. */
    readonly code: status,
    message: string,
    details: ErrorDetails = {},
  ) {
    super(message);
    this.reason = details.reason ?? "";
    this.field = details.field ?? "";
    this.zh = details.zh || message;
    this.metadata = details.metadata ?? {};
    this.retryAfterMs = details.retryAfterMs ?? 0;
  }

  override toString(): string {
    return `${this.reason || status[this.code]}: ${this.message}`;
  }
}

/** A field is wrong. Mend `field` and send again. */
export class InvalidArgumentError extends ApiError {}

/** No such thing. Check the name. */
export class NotFoundError extends ApiError {}

/** The thing is there already with other content. Choose another name, or amend it. */
export class AlreadyExistsError extends ApiError {}

/** Something else has to be done first; the message names it. */
export class FailedPreconditionError extends ApiError {}

/** Somebody changed the thing since it was read (VERSION_CONFLICT). Read it again, then decide anew. */
export class ConflictError extends ApiError {}

/** The token is missing, unknown or revoked. Ask the registry for a credential. */
export class UnauthenticatedError extends ApiError {}

/** The token is good but may not do this. Use the platform's own token, or ask the registry. */
export class PermissionDeniedError extends ApiError {}

/**
 * Too much at once, which the client has resent as the server asked; or, where `retryAfterMs` is 0, one message that is
 * too large: split the batch.
 */
export class ResourceExhaustedError extends ApiError {}

/** No answer within `timeoutMs`. The call may have had its effect; resending the same request id is safe. */
export class DeadlineExceededError extends ApiError {}

/** The service cannot be had now. The client has resent it for as long as its `RetryPolicy` says. */
export class UnavailableError extends ApiError {}

/** A status that should not happen. Report it with its `reason` and message. */
export class ServerError extends ApiError {}

/** What may be wrong with what a worker is known by. */
export type IdentityReason = "CHECK_CHARACTER" | "LENGTH" | "CHARACTER" | "BIRTH_DATE" | "PHONE_NUMBER" | "EMPTY";

/** Says what is wrong with a number and where, never what was given: it may end up in a log. */
export class IdentityError extends QuzhongError {
  /** `message` in Chinese. */
  readonly zh: string;

  constructor(
    readonly reason: IdentityReason,
    message: string,
    zh: string,
    /** The character that is wrong, from 1, of the number without blanks; 0: the whole of it. */
    readonly position = 0,
  ) {
    super(`identity: ${message}`);
    this.zh = `identity：${zh}`;
  }
}

/** No pseudonym could be made. Nothing was sent that tells who the worker is. */
export class PseudonymError extends QuzhongError {}

/**
 * The registry's answer was not made with the key it published, or was changed on the way. Pseudonyms from it would tear
 * workers apart, or mark single ones. Report it to the registry.
 */
export class EvaluationRefusedError extends PseudonymError {}

/**
 * The public key of a version is another than it was, or than was pinned. Do not go on with it: ask the registry, by
 * another way than this connection, which one is right.
 */
export class KeyChangedError extends PseudonymError {}

/** A batch that got no answer. */
export interface Undelivered {
  /** The rows, under the request id they were sent with. */
  readonly batch: Batch;
  /** Why it was given up; undefined: it was never sent, `close` had no time left. */
  readonly error: Error | undefined;
}

/**
 * The batches that got no answer, whole: mend the cause and call `resend`, or store their rows and add them to another
 * client later (a row that did arrive then counts as a duplicate).
 */
export class UndeliveredError extends QuzhongError {
  constructor(readonly batches: readonly Undelivered[]) {
    const rows = batches.reduce((sum, each) => sum + each.batch.rows.length, 0);
    const cause = batches.findLast((each) => each.error)?.error;
    super(
      `${rows} rows in ${batches.length} batches were given up and are kept: mend the cause and resend; ` +
        `last: ${cause ?? "no time was left to send them"}`,
      { cause },
    );
  }
}

/** Answers are still to come after the time that was given. Nothing was given up: wait again. */
export class TimedOutError extends QuzhongError {}

/** The client, or the watch, was used after `close`. */
export class ClientClosedError extends QuzhongError {}
