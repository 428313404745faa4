/** Runners of the vectors that need no server. */
import { Metadata, type ServiceError, status } from "@grpc/grpc-js";

import { ApiError, DEFAULT_RETRY_POLICY, fromRpcError, IdentityError } from "quzhong";
import { dispatchRow, type Json, workSessionRow } from "../programs/row-json.js";
import { Status } from "#internal/api/google/rpc/status";
import type { Batch } from "#internal/batching";
import { pseudonymOf } from "#internal/evaluation-rounds";
import { canonical } from "#internal/identities";
import { encoded } from "#internal/requests";
import { Attempts, policyOf } from "#internal/retry";
import { dispatchMessage, workSessionMessage } from "#internal/rows";
import { blindedOf, outputsOf } from "#internal/voprf";

export function codeOf(name: string): status {
  const code = status[name as keyof typeof status];
  if (code === undefined) {
    throw new Error(`${name}: no status of gRPC`);
  }
  return code;
}

/** As a generated stub fails. */
export function serviceError(code: status, details: string, trailer?: Uint8Array): ServiceError {
  const metadata = new Metadata();
  if (trailer !== undefined) {
    metadata.set("grpc-status-details-bin", Buffer.from(trailer));
  }
  return Object.assign(new Error(details), { code, details, metadata });
}

export function runIdentity(given: Json): unknown {
  try {
    return { canonical: canonical(given["identity"] as string) };
  } catch (error) {
    if (error instanceof IdentityError) {
      return { reason: error.reason, position: error.position };
    }
    throw error;
  }
}

export function runError(given: Json): unknown {
  const code = codeOf(given["code"] as string);
  const message = given["message"] as string;
  const { details } = Status.decode(Buffer.from(given["status_details"] as string, "base64"));
  const trailer = Status.encode({ code, message, details }).finish();
  const failure = fromRpcError(serviceError(code, message, details.length > 0 ? trailer : undefined));
  const attempts = new Attempts(DEFAULT_RETRY_POLICY, { now: () => 0, uniform: () => 0 });
  return {
    kind: failure.name,
    code: status[failure.code],
    reason: failure.reason,
    field: failure.field,
    message: failure.message,
    zh: failure.zh,
    metadata: failure.metadata,
    retry_after_s: failure.retryAfterMs / 1_000,
    sent_again: isSentAgain(attempts, failure),
  };
}

function isSentAgain(attempts: Attempts, failure: ApiError): boolean {
  try {
    attempts.waitAfter(failure);
    return true;
  } catch (error) {
    if (error !== failure) {
      throw error;
    }
    return false;
  }
}

interface Failure {
  at: number;
  code: string;
  reason: string;
  retry_after_s: number;
}

export function runRetries(given: Json): unknown {
  const told = given["policy"] as Record<string, number>;
  const policy = policyOf({
    initialMs: told["initial_s"]! * 1_000,
    multiplier: told["multiplier"]!,
    maxMs: told["max_s"]! * 1_000,
    giveUpAfterMs: told["give_up_after_s"]! * 1_000,
  });
  const share = given["share"] as number;
  let nowMs = 0;
  const attempts = new Attempts(policy, { now: () => nowMs, uniform: (upper) => share * upper });
  const waits: (number | null)[] = [];
  for (const each of given["failures"] as Failure[]) {
    nowMs = each.at * 1_000;
    const code = codeOf(each.code);
    const Kind = fromRpcError(serviceError(code, "no")).constructor as typeof ApiError;
    const failure = new Kind(code, "no", { reason: each.reason, retryAfterMs: each.retry_after_s * 1_000 });
    try {
      waits.push(attempts.waitAfter(failure) / 1_000);
    } catch {
      waits.push(null);
      break;
    }
  }
  return { waits_s: waits };
}

const unhexed = (text: string) => new Uint8Array(Buffer.from(text, "hex"));
const hexed = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** The library reads a number from randomness, modulo the group's order less one, and adds one. */
function randomnessOf(scalar: Uint8Array): Uint8Array {
  const number = BigInt(`0x${hexed(scalar.toReversed())}`) - 1n;
  return unhexed(number.toString(16).padStart(96, "0")).reverse();
}

export function runOprf(given: Json): unknown {
  const blinds = (given["blinds"] as string[]).map(unhexed);
  const blindings = (given["inputs"] as string[]).map((input, place) =>
    blindedOf(unhexed(input), () => randomnessOf(blinds[place]!)),
  );
  const blinded = blindings.map((each) => hexed(each.blinded));
  const elements = (given["evaluated"] as string[]).map(unhexed);
  const proof = unhexed(given["proof"] as string);
  const publicKey = unhexed(given["public_key"] as string);
  let outputs: Uint8Array[];
  try {
    outputs = outputsOf(blindings, { elements, proof }, publicKey);
  } catch {
    return { blinded, refused: true };
  }
  return { blinded, outputs: outputs.map(hexed), pseudonyms: outputs.map(pseudonymOf) };
}

export function runBatch(given: Json): unknown {
  const pseudonyms = given["pseudonyms"] as Record<string, string>;
  const rows = given["rows"] as Json[];
  const common = { number: 1, requestId: given["request_id"] as string, trace: [] };
  const batch: Batch =
    given["kind"] === "dispatch"
      ? {
          ...common,
          kind: "dispatch",
          rows: rows.map(dispatchRow).map((row) => dispatchMessage(row, pseudonyms[row.identity]!)),
        }
      : {
          ...common,
          kind: "work session",
          rows: rows.map(workSessionRow).map((row) => workSessionMessage(row, pseudonyms[row.identity]!)),
        };
  return { request: Buffer.from(encoded(batch, given["platform_id"] as string)).toString("base64") };
}
