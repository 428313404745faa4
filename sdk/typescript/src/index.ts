/**
 * Quzhong (取中): hand in work-session and dispatch events of platform work, and hear what became of each.
 *
 * `Client` takes `DispatchRow` and `WorkSessionRow`; `correct` and `remove` make the rows that replace them.
 * `ObliviousPseudonymiser` turns who a worker is into a pseudonym, with a key that the registry keeps and without telling it.
 * `watchAdvisories` says what to do for whom, before a limit is passed. Errors are a tree under `QuzhongError`.
 * `quzhong/api/…` has the generated code of every service, e.g. `quzhong/api/intake/v1/intake`.
 */
export {
  type Advised,
  type Advisory,
  AdvisoryKind,
  type AdvisoryPage,
  AdvisoryWatch,
  listAdvisories,
  type ListOptions,
  watchAdvisories,
  type WatchOptions,
} from "./advisories.js";
export { type BatchAnswer, type Rejected, type Totals, type UploadAnswer, Verdict } from "./answers.js";
export type { Batch, Row, RowKind } from "./batching.js";
export { bearer, CHANNEL_OPTIONS, type Credential, stubOf, type TokenSource } from "./channel.js";
export { Client, type ClientOptions } from "./client.js";
export { type Changes, correct, remove } from "./corrections.js";
export {
  AlreadyExistsError,
  ApiError,
  ClientClosedError,
  ConflictError,
  DeadlineExceededError,
  EvaluationRefusedError,
  FailedPreconditionError,
  IdentityError,
  type IdentityReason,
  InvalidArgumentError,
  KeyChangedError,
  NotFoundError,
  PermissionDeniedError,
  PseudonymError,
  QuzhongError,
  ResourceExhaustedError,
  ServerError,
  TimedOutError,
  UnauthenticatedError,
  UnavailableError,
  type Undelivered,
  UndeliveredError,
} from "./errors.js";
export type { PseudonymKey } from "./evaluation-rounds.js";
export { type Logger, setLogger } from "./log.js";
export type { Moment } from "./moments.js";
export { PrivateKeyJwt, type PrivateKeyJwtOptions } from "./oauth.js";
export { ObliviousPseudonymiser, type PseudonymOptions } from "./oblivious.js";
export type { Pseudonymiser } from "./pseudonyms.js";
export { DEFAULT_RETRY_POLICY, type Pacing, type RetryPolicy } from "./retry.js";
export {
  type AnyDispatch,
  type AnyWorkSession,
  DispatchKind,
  type DispatchRow,
  EmploymentForm,
  ServiceKind,
  TenureBand,
  Vehicle,
  Weather,
  WorkSessionKind,
  type WorkSessionRow,
} from "./rows.js";
export { fromRpcError } from "./statuses.js";
