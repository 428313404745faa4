package quzhong

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/proto"

	eventsv1 "quzhong.example/sdk/go/api/events/v1"
	intakev1 "quzhong.example/sdk/go/api/intake/v1"
)

// Options of a Client. The zero value is a client for a server on this machine, with the defaults named.
type Options struct {
	// Pseudonymiser turns identities into pseudonyms; needed only for DispatchRow and WorkSessionRow.
	Pseudonymiser Pseudonymiser
	// TransportCredentials: TLS; without them the connection is plain and the token can be read on the way, which is for
	// this machine only.
	TransportCredentials credentials.TransportCredentials
	// BatchSize: rows a call, 1–5,000; 0: 500.
	BatchSize int
	// Linger is how long a row may wait for others; 0: 200 ms.
	Linger time.Duration
	// MaxInFlight: calls at the same time; 0: 4. With 1 batches arrive in the order they were added.
	MaxInFlight int
	// QueueRows: rows without an answer before Add… waits; 0: 20,000.
	QueueRows int
	// Timeout is how long one attempt of a call may take; 0: 30 s.
	Timeout time.Duration
	// Retry says how UNAVAILABLE is met, and RESOURCE_EXHAUSTED that says when to come again; nil: DefaultRetryPolicy.
	Retry *RetryPolicy
	// Spool is a folder where batches that Close could not deliver wait for the next client with the same folder; empty:
	// they are in the UndeliveredError alone. One client at a time uses a folder.
	Spool string
	// OnAnswer is called with every answer, from a sender's goroutine.
	OnAnswer func(BatchAnswer)
	// OnRejected is called with every rejected row, from a sender's goroutine.
	OnRejected func(Rejected)

	pacing *pacing
}

func orElse[T comparable](given, otherwise T) T {
	var zero T
	if given == zero {
		return otherwise
	}
	return given
}

// Client sends a platform's events in the background, several batches in flight, and loses none.
//
// Add… returns at once, or waits while QueueRows rows have no answer yet (backpressure). A batch goes out when it has
// BatchSize rows or is Linger old. With MaxInFlight above 1 batches may arrive in another order than they were added;
// verdicts do not depend on the order. All methods may be called from any goroutine.
type Client struct {
	// PlatformID is the platform the rows are of.
	PlatformID string

	options    Options
	retry      RetryPolicy
	pacing     pacing
	credential Credential
	connection *grpc.ClientConn
	intake     intakev1.IntakeServiceClient
	ids        *requestIDs
	spool      *spool

	// calls ends when Close has no time left: calls in flight are cut, and nobody waits between attempts.
	calls   context.Context
	hurry   context.CancelFunc
	senders sync.WaitGroup

	lock     sync.Mutex
	queue    *sendQueue
	work     signal // senders wait on it
	progress signal // callers of Add…, Flush and Close wait on it
	totals   Totals
	running  int
	closed   bool
}

// NewClient makes a client of the intake service at host:port. Nothing is sent, and nobody is called, before the first
// row, except what waits in the spool.
func NewClient(address string, credential Credential, platformID string, options Options) (*Client, error) {
	options.BatchSize = orElse(options.BatchSize, 500)
	options.Linger = orElse(options.Linger, 200*time.Millisecond)
	options.MaxInFlight = orElse(options.MaxInFlight, 4)
	options.QueueRows = orElse(options.QueueRows, 20_000)
	options.Timeout = orElse(options.Timeout, 30*time.Second)
	if options.MaxInFlight < 1 {
		return nil, fmt.Errorf("MaxInFlight: %d; at least 1 is needed", options.MaxInFlight)
	}
	retry, err := policyOr(options.Retry, DefaultRetryPolicy())
	if err != nil {
		return nil, err
	}
	ids := newRequestIDs()
	queue, err := newSendQueue(ids, options.BatchSize, options.Linger, options.QueueRows)
	if err != nil {
		return nil, err
	}
	connection, err := Dial(address, options.TransportCredentials)
	if err != nil {
		return nil, err
	}
	client := &Client{
		PlatformID: platformID, options: options, retry: retry, pacing: realPacing(), credential: credential,
		connection: connection, intake: intakev1.NewIntakeServiceClient(connection), ids: ids, queue: queue,
		work: newSignal(), progress: newSignal(),
	}
	if options.pacing != nil {
		client.pacing = *options.pacing
	}
	client.calls, client.hurry = context.WithCancel(context.Background())
	if options.Spool != "" {
		if client.spool, err = openSpool(options.Spool, platformID); err == nil {
			err = client.sendSpooled()
		}
		if err != nil {
			client.hurry()
			return nil, errors.Join(err, connection.Close())
		}
	}
	return client, nil
}

// Totals counts the rows answered so far, those added and those submitted or uploaded directly.
func (c *Client) Totals() Totals {
	c.lock.Lock()
	defer c.lock.Unlock()
	return c.totals
}

// Undelivered has the batches that were given up, see Resend.
func (c *Client) Undelivered() []Undelivered {
	c.lock.Lock()
	defer c.lock.Unlock()
	return append([]Undelivered(nil), c.queue.undelivered...)
}

// AddDispatch takes a row to be sent. It fails with *UndeliveredError if a batch was given up before (this row was not
// taken), with ErrClientClosed after Close, and with the context's error if there was no room before it ended.
func (c *Client) AddDispatch(ctx context.Context, row DispatchRow) error {
	message, err := c.dispatch(ctx, row)
	if err != nil {
		return err
	}
	return c.AddDispatchMessage(ctx, message)
}

// AddDispatchMessage takes a message that has its pseudonym already; it belongs to the client from then on.
func (c *Client) AddDispatchMessage(ctx context.Context, message *eventsv1.Dispatch) error {
	return c.add(ctx, DispatchRows, message)
}

// AddWorkSession takes a row to be sent; as AddDispatch.
func (c *Client) AddWorkSession(ctx context.Context, row WorkSessionRow) error {
	message, err := c.workSession(ctx, row)
	if err != nil {
		return err
	}
	return c.AddWorkSessionMessage(ctx, message)
}

// AddWorkSessionMessage is as AddDispatchMessage.
func (c *Client) AddWorkSessionMessage(ctx context.Context, message *eventsv1.WorkSession) error {
	return c.add(ctx, WorkSessionRows, message)
}

// Flush waits until every row added before has its answer. It fails with *UndeliveredError if a batch was given up (it is
// kept), and with the context's error if answers are still to come (nothing was given up).
func (c *Client) Flush(ctx context.Context) error {
	c.lock.Lock()
	defer c.lock.Unlock()
	number := c.queue.seal()
	c.work.broadcast()
	for !c.queue.settled(number) {
		if err := c.progress.wait(ctx, &c.lock); err != nil {
			return fmt.Errorf("answers are still to come: %w", err)
		}
	}
	return c.whatWentWrong()
}

// Resend sends again what was given up, each batch under its old request id.
func (c *Client) Resend() error {
	c.lock.Lock()
	defer c.lock.Unlock()
	if c.closed {
		return ErrClientClosed
	}
	c.queue.resend()
	c.startSenders()
	c.work.broadcast()
	return nil
}

// Close sends what is there, waits for the answers for as long as the context lasts, and closes. It fails with
// *UndeliveredError, which has every batch that got no answer; with a spool they are in its folder too. A second call
// does nothing.
func (c *Client) Close(ctx context.Context) error {
	c.lock.Lock()
	if c.closed {
		c.lock.Unlock()
		return nil
	}
	c.closed = true
	c.queue.seal()
	c.work.broadcast()
	for !c.queue.idle() {
		if err := c.progress.wait(ctx, &c.lock); err != nil {
			c.queue.abandon()
			break
		}
	}
	c.work.broadcast()
	c.lock.Unlock()
	c.hurry() // ends calls still in flight; their batches become undelivered
	c.senders.Wait()
	c.lock.Lock()
	defer c.lock.Unlock()
	var kept error
	if c.spool != nil {
		kept = c.spool.keep(c.queue.undelivered)
	}
	closing := c.connection.Close()
	return errors.Join(c.whatWentWrong(), kept, closing)
}

// SubmitDispatches sends up to 5,000 rows in one call, past the queue, and answers what became of each. Its errors are
// *APIError and ErrClientClosed. An empty request id makes a new one; give one to send the same batch again after a
// crash of your own.
func (c *Client) SubmitDispatches(ctx context.Context, rows []DispatchRow, requestID string) (BatchAnswer, error) {
	batch := &Batch{Kind: DispatchRows}
	for _, row := range rows {
		message, err := c.dispatch(ctx, row)
		if err != nil {
			return BatchAnswer{}, err
		}
		batch.Dispatches = append(batch.Dispatches, message)
	}
	return c.submit(ctx, batch, requestID)
}

// SubmitWorkSessions is as SubmitDispatches.
func (c *Client) SubmitWorkSessions(
	ctx context.Context, rows []WorkSessionRow, requestID string,
) (BatchAnswer, error) {
	batch := &Batch{Kind: WorkSessionRows}
	for _, row := range rows {
		message, err := c.workSession(ctx, row)
		if err != nil {
			return BatchAnswer{}, err
		}
		batch.WorkSessions = append(batch.WorkSessions, message)
	}
	return c.submit(ctx, batch, requestID)
}

func (c *Client) submit(ctx context.Context, batch *Batch, requestID string) (BatchAnswer, error) {
	if err := c.checkOpen(); err != nil {
		return BatchAnswer{}, err
	}
	number, next := c.ids.next()
	batch.Number, batch.RequestID, batch.trace = number, orElse(requestID, next), traceOf(ctx)
	answer, failure := c.send(ctx, batch)
	if failure != nil {
		return BatchAnswer{}, failure
	}
	c.count(answer.Totals)
	return answer, nil
}

func (c *Client) count(answered Totals) {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.totals = c.totals.plus(answered)
}

func (c *Client) checkOpen() error {
	c.lock.Lock()
	defer c.lock.Unlock()
	if c.closed {
		return ErrClientClosed
	}
	return nil
}

func (c *Client) add(ctx context.Context, kind RowKind, row proto.Message) error {
	c.lock.Lock()
	defer c.lock.Unlock()
	for {
		if c.closed {
			return ErrClientClosed
		}
		if err := c.whatWentWrong(); err != nil {
			return err
		}
		if !c.queue.full() {
			break
		}
		if err := c.progress.wait(ctx, &c.lock); err != nil {
			return err
		}
	}
	if c.queue.add(ctx, kind, row, c.pacing.now()) {
		c.startSenders()
		c.work.broadcast()
	}
	return nil
}

// whatWentWrong has the batches that were given up, if any. The lock is held.
func (c *Client) whatWentWrong() error {
	if len(c.queue.undelivered) == 0 {
		return nil
	}
	return &UndeliveredError{append([]Undelivered(nil), c.queue.undelivered...)}
}

func (c *Client) dispatch(ctx context.Context, row DispatchRow) (*eventsv1.Dispatch, error) {
	pseudonym, err := c.pseudonym(ctx, row.Identity)
	if err != nil {
		return nil, err
	}
	return row.ToMessage(pseudonym)
}

func (c *Client) workSession(ctx context.Context, row WorkSessionRow) (*eventsv1.WorkSession, error) {
	pseudonym, err := c.pseudonym(ctx, row.Identity)
	if err != nil {
		return nil, err
	}
	return row.ToMessage(pseudonym)
}

func (c *Client) pseudonym(ctx context.Context, identity string) (string, error) {
	if c.options.Pseudonymiser == nil {
		return "", errors.New("identity: the client has no Pseudonymiser; set one, or add messages with a worker_id")
	}
	return c.options.Pseudonymiser.Pseudonym(ctx, identity)
}

// callContext of one attempt: the token, and the trace of whoever added the rows.
func (c *Client) callContext(ctx context.Context, trace []string) (context.Context, error) {
	token, err := c.credential.Token(ctx)
	if err != nil {
		return nil, err
	}
	return metadata.AppendToOutgoingContext(Bearer(ctx, token), trace...), nil
}
