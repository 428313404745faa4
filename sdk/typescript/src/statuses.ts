/** From a status of gRPC to the typed error. */
import { Metadata, type ServiceError, status } from "@grpc/grpc-js";

import { BadRequest, ErrorInfo, LocalizedMessage, RetryInfo } from "./api/google/rpc/error_details.js";
import { Status } from "./api/google/rpc/status.js";
import {
  AlreadyExistsError,
  ApiError,
  ConflictError,
  DeadlineExceededError,
  type ErrorDetails,
  FailedPreconditionError,
  InvalidArgumentError,
  NotFoundError,
  PermissionDeniedError,
  ResourceExhaustedError,
  ServerError,
  UnauthenticatedError,
  UnavailableError,
} from "./errors.js";

const CLASSES: Partial<Record<status, typeof ApiError>> = {
  [status.INVALID_ARGUMENT]: InvalidArgumentError,
  [status.NOT_FOUND]: NotFoundError,
  [status.ALREADY_EXISTS]: AlreadyExistsError,
  [status.FAILED_PRECONDITION]: FailedPreconditionError,
  [status.ABORTED]: ConflictError,
  [status.UNAUTHENTICATED]: UnauthenticatedError,
  [status.PERMISSION_DENIED]: PermissionDeniedError,
  [status.RESOURCE_EXHAUSTED]: ResourceExhaustedError,
  [status.DEADLINE_EXCEEDED]: DeadlineExceededError,
  [status.UNAVAILABLE]: UnavailableError,
};

const TRAILER = "grpc-status-details-bin";

/**
 * The typed error of a failed call of a generated stub. An `ApiError` stays what it is; what is no answer of a server is
 * thrown as it came.
 */
export function fromRpcError(error: unknown): ApiError {
  if (error instanceof ApiError) {
    return error;
  }
  if (!isServiceError(error)) {
    throw error;
  }
  return new (CLASSES[error.code] ?? ServerError)(error.code, error.details, detailsOf(error));
}

function isServiceError(error: unknown): error is ServiceError {
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "number" &&
    "metadata" in error &&
    error.metadata instanceof Metadata
  );
}

function detailsOf(error: ServiceError): ErrorDetails {
  const [trailer] = error.metadata.get(TRAILER);
  const told: { -readonly [Name in keyof ErrorDetails]: ErrorDetails[Name] } = {};
  if (!(trailer instanceof Uint8Array)) {
    return told;
  }
  try {
    const status = Status.decode(trailer);
    // A trailer that contradicts the status is not believed: the status alone is.
    for (const detail of status.code === error.code ? status.details : []) {
      switch (detail.typeUrl.slice(detail.typeUrl.lastIndexOf("/") + 1)) {
        case "google.rpc.ErrorInfo": {
          const info = ErrorInfo.decode(detail.value);
          told.reason = info.reason;
          told.metadata = info.metadata;
          break;
        }
        case "google.rpc.BadRequest":
          told.field = BadRequest.decode(detail.value).fieldViolations[0]?.field ?? "";
          break;
        case "google.rpc.LocalizedMessage":
          told.zh = LocalizedMessage.decode(detail.value).message;
          break;
        case "google.rpc.RetryInfo": {
          const delay = RetryInfo.decode(detail.value).retryDelay;
          told.retryAfterMs = delay ? delay.seconds * 1_000 + delay.nanos / 1_000_000 : 0;
          break;
        }
      }
    }
  } catch {
    return {}; // a trailer that cannot be read says nothing
  }
  return told;
}
