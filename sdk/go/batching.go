package quzhong

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"sync/atomic"
	"time"

	"google.golang.org/protobuf/proto"

	eventsv1 "quzhong.example/sdk/go/api/events/v1"
	intakev1 "quzhong.example/sdk/go/api/intake/v1"
)

// MostRows the service takes in one call.
const MostRows = 5_000

// RowKind: a batch holds rows of one kind.
type RowKind int

// The kinds of rows.
const (
	DispatchRows RowKind = iota
	WorkSessionRows
	rowKinds
)

// Batch is rows that are sent together, always under the same request id.
type Batch struct {
	Kind RowKind
	// Number counts from 1 within a client.
	Number    int64
	RequestID string
	// Dispatches or WorkSessions, by Kind.
	Dispatches   []*eventsv1.Dispatch
	WorkSessions []*eventsv1.WorkSession

	// trace of whoever added the first row.
	trace []string
}

// Rows is how many there are.
func (b *Batch) Rows() int { return len(b.Dispatches) + len(b.WorkSessions) }

func (b *Batch) row(place int) proto.Message {
	switch {
	case b.Kind == DispatchRows && place < len(b.Dispatches):
		return b.Dispatches[place]
	case b.Kind == WorkSessionRows && place < len(b.WorkSessions):
		return b.WorkSessions[place]
	}
	return nil
}

func (b *Batch) dispatches(platformID string) *intakev1.SubmitDispatchesRequest {
	return &intakev1.SubmitDispatchesRequest{
		RequestId: b.RequestID, PlatformId: platformID, Dispatches: b.Dispatches,
	}
}

func (b *Batch) workSessions(platformID string) *intakev1.SubmitWorkSessionsRequest {
	return &intakev1.SubmitWorkSessionsRequest{
		RequestId: b.RequestID, PlatformId: platformID, WorkSessions: b.WorkSessions,
	}
}

// request is the batch as it is sent: equal each time, so that resending it is safe.
func (b *Batch) request(platformID string) proto.Message {
	if b.Kind == DispatchRows {
		return b.dispatches(platformID)
	}
	return b.workSessions(platformID)
}

// requestIDs of one client: its random part and a counter. A client sends a batch under one id for ever; two clients, or
// two runs of one program, never share an id.
type requestIDs struct {
	instance string
	last     atomic.Int64
}

func newRequestIDs() *requestIDs {
	random := make([]byte, 8)
	rand.Read(random) //nolint:errcheck // never fails
	return &requestIDs{instance: hex.EncodeToString(random)}
}

func (r *requestIDs) next() (int64, string) {
	number := r.last.Add(1)
	return number, fmt.Sprintf("%s-%d", r.instance, number)
}

// openBatch still takes rows.
type openBatch struct {
	Batch
	due time.Time
}

// sendQueue is where every row is between add and its answer: open → ready → in flight → answered | undelivered. Times
// are passed in. Its owner holds a lock.
type sendQueue struct {
	ids         *requestIDs
	batchSize   int
	linger      time.Duration
	queueRows   int
	open        [rowKinds]*openBatch
	ready       []*Batch
	inFlight    map[int64]*Batch
	undelivered []Undelivered
	heldRows    int
}

func newSendQueue(ids *requestIDs, batchSize int, linger time.Duration, queueRows int) (*sendQueue, error) {
	if batchSize < 1 || batchSize > MostRows {
		return nil, fmt.Errorf("BatchSize: %d; 1 to %d are taken", batchSize, MostRows)
	}
	if linger < 0 {
		return nil, fmt.Errorf("Linger: %v is negative", linger)
	}
	if queueRows < batchSize {
		return nil, fmt.Errorf("QueueRows: %d rows do not hold one batch of %d", queueRows, batchSize)
	}
	return &sendQueue{
		ids: ids, batchSize: batchSize, linger: linger, queueRows: queueRows, inFlight: map[int64]*Batch{},
	}, nil
}

// full says whether add has to wait.
func (q *sendQueue) full() bool { return q.heldRows >= q.queueRows }

// idle says whether nothing is left to send or to be answered.
func (q *sendQueue) idle() bool {
	for _, open := range q.open {
		if open != nil {
			return false
		}
	}
	return len(q.ready) == 0 && len(q.inFlight) == 0
}

// add takes a row; it answers whether a sender has something new to look at: a full batch or a new deadline.
func (q *sendQueue) add(ctx context.Context, kind RowKind, row proto.Message, now time.Time) bool {
	q.heldRows++
	open := q.open[kind]
	if open == nil {
		open = &openBatch{Batch: Batch{Kind: kind, trace: traceOf(ctx)}, due: now.Add(q.linger)}
		q.open[kind] = open
	}
	switch row := row.(type) {
	case *eventsv1.Dispatch:
		open.Dispatches = append(open.Dispatches, row)
	case *eventsv1.WorkSession:
		open.WorkSessions = append(open.WorkSessions, row)
	}
	rows := open.Rows()
	if rows >= q.batchSize {
		q.sealOne(kind)
		return true
	}
	return rows == 1
}

// next batch to send; it is in flight from then on. Nil: none yet.
func (q *sendQueue) next(now time.Time) *Batch {
	for kind, open := range q.open {
		if open != nil && !open.due.After(now) {
			q.sealOne(RowKind(kind))
		}
	}
	if len(q.ready) == 0 {
		return nil
	}
	batch := q.ready[0]
	q.ready[0], q.ready = nil, q.ready[1:]
	q.inFlight[batch.Number] = batch
	return batch
}

// wait is how long until next has something because a batch has lingered long enough; false: not by itself.
func (q *sendQueue) wait(now time.Time) (time.Duration, bool) {
	if len(q.ready) > 0 {
		return 0, true
	}
	least, any := time.Duration(0), false
	for _, open := range q.open {
		if open == nil {
			continue
		}
		if left := max(0, open.due.Sub(now)); !any || left < least {
			least, any = left, true
		}
	}
	return least, any
}

// answered: the batch in flight is done.
func (q *sendQueue) answered(batch *Batch) {
	delete(q.inFlight, batch.Number)
	q.heldRows -= batch.Rows()
}

// failed: the batch in flight was given up; it is kept.
func (q *sendQueue) failed(batch *Batch, failure *APIError) {
	delete(q.inFlight, batch.Number)
	q.undelivered = append(q.undelivered, Undelivered{batch, failure})
}

// seal lets open batches linger no more; it answers the number up to which batches exist.
func (q *sendQueue) seal() int64 {
	for kind := range q.open {
		if q.open[kind] != nil {
			q.sealOne(RowKind(kind))
		}
	}
	number := int64(0)
	for _, batch := range q.ready {
		number = max(number, batch.Number)
	}
	for each := range q.inFlight {
		number = max(number, each)
	}
	return number
}

// settled says whether no batch up to this number is still to be sent or answered.
func (q *sendQueue) settled(number int64) bool {
	for _, batch := range q.ready {
		if batch.Number <= number {
			return false
		}
	}
	for each := range q.inFlight {
		if each <= number {
			return false
		}
	}
	return true
}

// resend what was given up, each batch under its old request id.
func (q *sendQueue) resend() {
	again := make([]*Batch, 0, len(q.undelivered)+len(q.ready))
	for _, each := range q.undelivered {
		again = append(again, each.Batch)
	}
	q.ready = append(again, q.ready...)
	q.undelivered = nil
}

// abandon gives up what was never sent.
func (q *sendQueue) abandon() {
	q.seal()
	for _, batch := range q.ready {
		q.undelivered = append(q.undelivered, Undelivered{batch, nil})
	}
	q.ready = nil
}

func (q *sendQueue) sealOne(kind RowKind) {
	sealed := q.open[kind]
	q.open[kind] = nil
	sealed.Number, sealed.RequestID = q.ids.next()
	q.ready = append(q.ready, &sealed.Batch)
}
