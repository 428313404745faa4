package quzhong

import (
	"context"
	"sync"
	"time"

	intakev1 "quzhong.example/sdk/go/api/intake/v1"
)

// signal wakes all who wait for a change of what a lock guards.
type signal struct {
	changed chan struct{}
}

func newSignal() signal { return signal{make(chan struct{})} }

// broadcast is called with the lock held.
func (s *signal) broadcast() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// wait is called with the lock held, gives it away meanwhile, and answers the context's error if that ended first.
func (s *signal) wait(ctx context.Context, lock *sync.Mutex) error {
	changed := s.changed
	lock.Unlock()
	defer lock.Lock()
	select {
	case <-changed:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// startSenders is called with the lock held.
func (c *Client) startSenders() {
	for ; c.running < c.options.MaxInFlight; c.running++ {
		c.senders.Add(1)
		go c.sendBatches()
	}
}

func (c *Client) sendBatches() {
	defer c.senders.Done()
	for batch := c.nextBatch(); batch != nil; batch = c.nextBatch() {
		answer, failure := c.send(c.calls, batch)
		if failure == nil {
			c.callBack(answer)
		}
		c.lock.Lock()
		if failure == nil {
			c.queue.answered(batch)
			c.totals = c.totals.plus(answer.Totals)
		} else {
			c.queue.failed(batch, failure)
		}
		c.progress.broadcast()
		c.lock.Unlock()
		if failure == nil && c.spool != nil {
			c.spool.forget(batch)
		}
	}
}

// nextBatch waits for one; nil: the client is closed and nothing is left.
func (c *Client) nextBatch() *Batch {
	c.lock.Lock()
	defer c.lock.Unlock()
	for {
		now := c.pacing.now()
		batch := c.queue.next(now)
		wait, lingering := c.queue.wait(now)
		if batch != nil && lingering {
			c.work.broadcast() // what is left needs somebody who watches its deadline
		}
		if batch != nil || (c.closed && !lingering) {
			return batch
		}
		ctx, cancel := context.Background(), context.CancelFunc(func() {})
		if lingering {
			ctx, cancel = context.WithTimeout(ctx, max(wait, time.Microsecond))
		}
		_ = c.work.wait(ctx, &c.lock) // the deadline of a batch is as good a reason to look as any
		cancel()
	}
}

// send one batch until it is answered or given up.
func (c *Client) send(ctx context.Context, batch *Batch) (BatchAnswer, *APIError) {
	tried := newAttempts(c.retry, c.pacing)
	for {
		answer, err := c.call(ctx, batch)
		if err == nil {
			return batchAnswer(batch, answer), nil
		}
		failure := FromRPCError(err)
		wait, again := tried.waitAfter(failure)
		if !again || sleep(ctx, wait) != nil {
			return BatchAnswer{}, failure
		}
	}
}

func (c *Client) call(ctx context.Context, batch *Batch) (*intakev1.BatchAnswer, error) {
	ctx, cancel := context.WithTimeout(ctx, c.options.Timeout)
	defer cancel()
	ctx, err := c.callContext(ctx, batch.trace)
	if err != nil {
		return nil, err
	}
	if batch.Kind == DispatchRows {
		response, err := c.intake.SubmitDispatches(ctx, batch.dispatches(c.PlatformID))
		return response.GetAnswer(), err
	}
	response, err := c.intake.SubmitWorkSessions(ctx, batch.workSessions(c.PlatformID))
	return response.GetAnswer(), err
}

func (c *Client) callBack(answer BatchAnswer) {
	if c.options.OnAnswer != nil {
		c.options.OnAnswer(answer)
	}
	if c.options.OnRejected != nil {
		for _, each := range answer.Rejections {
			c.options.OnRejected(each)
		}
	}
}

// sendSpooled takes what an earlier client could not deliver, to be sent before anything else.
func (c *Client) sendSpooled() error {
	kept, err := c.spool.batches()
	if err != nil || len(kept) == 0 {
		return err
	}
	c.lock.Lock()
	defer c.lock.Unlock()
	for _, batch := range kept {
		batch.Number, _ = c.ids.next()
		c.queue.heldRows += batch.Rows()
		c.queue.ready = append(c.queue.ready, batch)
	}
	c.startSenders()
	return nil
}
