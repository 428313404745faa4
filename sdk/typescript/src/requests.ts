/** Batches as requests, and back. */
import { SubmitDispatchesRequest, SubmitWorkSessionsRequest } from "./api/intake/v1/intake.js";
import type { Batch, RowKind } from "./batching.js";

/** The bytes of a batch as it is sent: equal each time. */
export function encoded(batch: Batch, platformId: string): Uint8Array {
  const { requestId } = batch;
  return batch.kind === "dispatch"
    ? SubmitDispatchesRequest.encode({ requestId, platformId, dispatches: batch.rows }).finish()
    : SubmitWorkSessionsRequest.encode({ requestId, platformId, workSessions: batch.rows }).finish();
}

/** A batch without its number, and whose it is. Throws for bytes that are none. */
export function decoded(kind: RowKind, bytes: Uint8Array, number: number): { batch: Batch; platformId: string } {
  if (kind === "dispatch") {
    const { requestId, platformId, dispatches } = SubmitDispatchesRequest.decode(bytes);
    return { batch: { kind, number, requestId, rows: dispatches, trace: [] }, platformId };
  }
  const { requestId, platformId, workSessions } = SubmitWorkSessionsRequest.decode(bytes);
  return { batch: { kind, number, requestId, rows: workSessions, trace: [] }, platformId };
}
