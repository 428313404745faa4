/** What the service said about the rows it was given. */
import {
  type BatchAnswer as WireBatchAnswer,
  type Rejection,
  RowVerdict,
  type UploadAnswer as WireUploadAnswer,
} from "./api/intake/v1/intake.js";
import type { Batch, Row } from "./batching.js";

/** What became of a row; values as in the contract. */
export { RowVerdict as Verdict };

/** A row that was not accepted, and why. */
export interface Rejected {
  /** The batch it was sent in. */
  readonly requestId: string;
  /** Its place among the rows of the call, from 0. */
  readonly index: number;
  /** The row as it was sent; undefined from an upload, which does not keep its rows. */
  readonly row: Row | undefined;
  /** The field that is wrong. */
  readonly field: string;
  /** UPPER_SNAKE and stable: what a program decides by. */
  readonly reason: string;
  /** In English. */
  readonly message: string;
  /** In Chinese. */
  readonly messageZh: string;
}

/** Rows answered so far. */
export interface Totals {
  readonly accepted: number;
  readonly duplicate: number;
  readonly rejected: number;
}

/** The answer to one batch: every row is accepted, a duplicate, or rejected. */
export interface BatchAnswer extends Totals {
  readonly requestId: string;
  /** One a row, in the rows' order. */
  readonly verdicts: readonly RowVerdict[];
  readonly rejections: readonly Rejected[];
}

/** The answer to an upload: the sum over its batches. */
export interface UploadAnswer extends Totals {
  /** The first 1,000. */
  readonly rejections: readonly Rejected[];
}

export function sum(one: Totals, other: Totals): Totals {
  return {
    accepted: one.accepted + other.accepted,
    duplicate: one.duplicate + other.duplicate,
    rejected: one.rejected + other.rejected,
  };
}

/** An answer of the wire, joined with the rows it is about. */
export function batchAnswer(batch: Batch, answer: WireBatchAnswer): BatchAnswer {
  const { verdicts, accepted, duplicate, rejected: refused } = answer;
  return {
    requestId: batch.requestId,
    verdicts,
    rejections: answer.rejections.map((each) => rejected(batch.requestId, each, each.row, batch.rows[each.row])),
    accepted,
    duplicate,
    rejected: refused,
  };
}

/** An upload's answer; `starts` has the place of each batch's first row among all rows, by request id. */
export function uploadAnswer(starts: ReadonlyMap<string, number>, answer: WireUploadAnswer): UploadAnswer {
  return {
    rejections: answer.rejections.flatMap(({ requestId, rejection }) =>
      rejection ? [rejected(requestId, rejection, (starts.get(requestId) ?? 0) + rejection.row, undefined)] : [],
    ),
    accepted: answer.accepted,
    duplicate: answer.duplicate,
    rejected: answer.rejected,
  };
}

function rejected(requestId: string, rejection: Rejection, index: number, row: Row | undefined): Rejected {
  const { field, reason, message, messageZh } = rejection;
  return { requestId, index, row, field, reason, message, messageZh };
}
