package quzhong

import (
	"google.golang.org/protobuf/proto"

	intakev1 "quzhong.example/sdk/go/api/intake/v1"
)

// Verdict is what became of a row; values as in the contract.
type Verdict = intakev1.RowVerdict

// Accepted, a duplicate (the same event was accepted before; nothing changes), or rejected (kept in the dead-letter topic
// with its reason).
const (
	Accepted  = intakev1.RowVerdict_ROW_VERDICT_ACCEPTED
	Duplicate = intakev1.RowVerdict_ROW_VERDICT_DUPLICATE
	Refused   = intakev1.RowVerdict_ROW_VERDICT_REJECTED
)

// Rejected is a row that was not accepted, and why.
type Rejected struct {
	// RequestID of the batch it was sent in.
	RequestID string
	// Index is its place among the rows of the call, from 0.
	Index int
	// Row as it was sent; nil from an upload, which does not keep its rows.
	Row proto.Message
	// Field that is wrong.
	Field string
	// Reason is UPPER_SNAKE and stable: what a program decides by.
	Reason string
	// Message in English, and in Chinese.
	Message, MessageZH string
}

// Totals counts rows that were answered.
type Totals struct {
	Accepted, Duplicate, Rejected uint64
}

// Sent is all of them together.
func (t Totals) Sent() uint64 { return t.Accepted + t.Duplicate + t.Rejected }

func (t Totals) plus(other Totals) Totals {
	return Totals{t.Accepted + other.Accepted, t.Duplicate + other.Duplicate, t.Rejected + other.Rejected}
}

// BatchAnswer is the answer to one batch: every row is accepted, a duplicate, or rejected.
type BatchAnswer struct {
	RequestID string
	// Verdicts, one a row, in the rows' order.
	Verdicts   []Verdict
	Rejections []Rejected
	Totals
}

// UploadAnswer is the answer to an upload: the sum over its batches.
type UploadAnswer struct {
	// Rejections: the first 1,000.
	Rejections []Rejected
	Totals
}

// batchAnswer joins an answer of the wire with the rows it is about.
func batchAnswer(batch *Batch, answer *intakev1.BatchAnswer) BatchAnswer {
	joined := BatchAnswer{
		RequestID: batch.RequestID,
		Verdicts:  answer.GetVerdicts(),
		Totals: Totals{
			uint64(answer.GetAccepted()), uint64(answer.GetDuplicate()), uint64(answer.GetRejected()),
		},
	}
	for _, each := range answer.GetRejections() {
		place := int(each.GetRow())
		joined.Rejections = append(joined.Rejections, rejected(batch.RequestID, each, place, batch.row(place)))
	}
	return joined
}

// uploadAnswer: starts has the place of each batch's first row among all rows, by request id.
func uploadAnswer(starts map[string]int, answer *intakev1.UploadAnswer) UploadAnswer {
	joined := UploadAnswer{Totals: Totals{answer.GetAccepted(), answer.GetDuplicate(), answer.GetRejected()}}
	for _, each := range answer.GetRejections() {
		place := starts[each.GetRequestId()] + int(each.GetRejection().GetRow())
		joined.Rejections = append(joined.Rejections, rejected(each.GetRequestId(), each.GetRejection(), place, nil))
	}
	return joined
}

func rejected(requestID string, rejection *intakev1.Rejection, index int, row proto.Message) Rejected {
	return Rejected{
		RequestID: requestID,
		Index:     index,
		Row:       row,
		Field:     rejection.GetField(),
		Reason:    rejection.GetReason(),
		Message:   rejection.GetMessage(),
		MessageZH: rejection.GetMessageZh(),
	}
}
