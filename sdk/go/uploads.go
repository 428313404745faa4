package quzhong

import (
	"context"
	"errors"
	"io"
	"iter"

	"google.golang.org/protobuf/proto"

	eventsv1 "quzhong.example/sdk/go/api/events/v1"
	intakev1 "quzhong.example/sdk/go/api/intake/v1"
)

// UploadDispatches sends any number of rows in one stream, for bulk; one answer for all of them.
//
// A stream is not sent again by itself: after ErrUnavailable upload the same rows once more, those that had arrived count
// as duplicates.
func (c *Client) UploadDispatches(ctx context.Context, rows iter.Seq[DispatchRow]) (UploadAnswer, error) {
	ctx, cancel, err := c.uploadContext(ctx)
	if err != nil {
		return UploadAnswer{}, err
	}
	defer cancel()
	stream, err := c.intake.UploadDispatches(ctx)
	if err != nil {
		return UploadAnswer{}, FromRPCError(err)
	}
	starts, err := uploaded(c, rows,
		func(row DispatchRow) (*eventsv1.Dispatch, error) { return c.dispatch(ctx, row) },
		func(id string, some []*eventsv1.Dispatch) error {
			batch := &Batch{RequestID: id, Dispatches: some}
			return stream.Send(&intakev1.UploadDispatchesRequest{Batch: batch.dispatches(c.PlatformID)})
		})
	if err != nil {
		return UploadAnswer{}, err
	}
	response, err := stream.CloseAndRecv()
	return c.uploadAnswered(starts, response.GetAnswer(), err)
}

// UploadWorkSessions is as UploadDispatches.
func (c *Client) UploadWorkSessions(ctx context.Context, rows iter.Seq[WorkSessionRow]) (UploadAnswer, error) {
	ctx, cancel, err := c.uploadContext(ctx)
	if err != nil {
		return UploadAnswer{}, err
	}
	defer cancel()
	stream, err := c.intake.UploadWorkSessions(ctx)
	if err != nil {
		return UploadAnswer{}, FromRPCError(err)
	}
	starts, err := uploaded(c, rows,
		func(row WorkSessionRow) (*eventsv1.WorkSession, error) { return c.workSession(ctx, row) },
		func(id string, some []*eventsv1.WorkSession) error {
			batch := &Batch{RequestID: id, WorkSessions: some}
			return stream.Send(&intakev1.UploadWorkSessionsRequest{Batch: batch.workSessions(c.PlatformID)})
		})
	if err != nil {
		return UploadAnswer{}, err
	}
	response, err := stream.CloseAndRecv()
	return c.uploadAnswered(starts, response.GetAnswer(), err)
}

// uploadContext: a stream that is left early, because a row cannot be written, is cancelled and counts for nothing.
func (c *Client) uploadContext(ctx context.Context) (context.Context, context.CancelFunc, error) {
	if err := c.checkOpen(); err != nil {
		return nil, nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	called, err := c.callContext(ctx, traceOf(ctx))
	if err != nil {
		cancel()
		return nil, nil, err
	}
	return called, cancel, nil
}

// uploaded cuts rows into batches and sends each; it answers the place of each batch's first row.
func uploaded[R any, M proto.Message](
	c *Client, rows iter.Seq[R], toMessage func(R) (M, error), send func(string, []M) error,
) (map[string]int, error) {
	starts, sent, batch := map[string]int{}, 0, []M(nil)
	hand := func() error {
		_, id := c.ids.next()
		starts[id], sent = sent, sent+len(batch)
		err := send(id, batch)
		batch = nil
		return err
	}
	for row := range rows {
		message, err := toMessage(row)
		if err != nil {
			return nil, err
		}
		if batch = append(batch, message); len(batch) == c.options.BatchSize {
			if err := hand(); err != nil {
				return starts, ended(err)
			}
		}
	}
	if len(batch) > 0 {
		return starts, ended(hand())
	}
	return starts, nil
}

// ended: a stream that the server ended says why only when its answer is asked for.
func ended(err error) error {
	if err == nil || errors.Is(err, io.EOF) {
		return nil
	}
	return FromRPCError(err)
}

func (c *Client) uploadAnswered(starts map[string]int, answer *intakev1.UploadAnswer, err error) (UploadAnswer, error) {
	if err != nil {
		return UploadAnswer{}, FromRPCError(err)
	}
	joined := uploadAnswer(starts, answer)
	c.count(joined.Totals)
	return joined, nil
}
