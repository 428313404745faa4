package quzhong

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"

	workhoursv1 "quzhong.example/sdk/go/api/workhours/v1"
)

// Advised is one message of the watch: what a platform should do for one of its workers. The latest advice of a finding
// replaces the earlier ones.
type Advised struct {
	Advisory *workhoursv1.Advisory
	// ResumeToken: store it once the advice is acted upon; a watch that begins with it goes on with the next one.
	ResumeToken string
}

// AdvisoryPage is one answer of the list.
type AdvisoryPage struct {
	Advisories []*workhoursv1.Advisory
	// ResumeToken: ask again with it: at once if there is More, or later for what has come. The watch takes it too.
	ResumeToken string
	More        bool
}

// WatchOptions of WatchAdvisories and ListAdvisories; the zero value will do for a service on this machine.
type WatchOptions struct {
	// PlatformID: whose advice; empty: of every platform the token may see, which to a platform is its own.
	PlatformID string
	// ResumeToken of the Advised stored last; empty begins with what holds now.
	ResumeToken string
	// PageSize of a list: at most so many, up to 1,000; 0: 100.
	PageSize int32
	// Timeout of one attempt of a list; 0: 30 s.
	Timeout time.Duration
	// Retry says how an interruption is met; nil: the default, which a watch keeps up for ever.
	Retry *RetryPolicy
	// TransportCredentials: TLS; without them the connection is plain, which is for this machine only.
	TransportCredentials credentials.TransportCredentials

	pacing *pacing
}

// AdvisoryWatch is endless; made by WatchAdvisories. One goroutine calls Next; Close may be called from any other.
type AdvisoryWatch struct {
	credential Credential
	retry      RetryPolicy
	pacing     pacing
	connection *grpc.ClientConn
	workhours  workhoursv1.WorkhoursServiceClient

	stream   grpc.ServerStreamingClient[workhoursv1.WatchAdvisoriesResponse]
	cut      context.CancelFunc
	token    string
	began    time.Time
	attempts *attempts // of the failures in a row

	lock    sync.Mutex
	request *workhoursv1.WatchAdvisoriesRequest

	closed context.Context
	close  context.CancelFunc
}

// WatchAdvisories gives advice as it comes, for ever: what holds now, then every change, across restarts of the service.
//
// A broken stream is taken up again after the advice given out last, without gap or repeat, with the backoff of Retry. What
// was replaced while the stream was away is left out: the latest of each finding comes. Nothing is sent before the first
// Next.
func WatchAdvisories(address string, credential Credential, options WatchOptions) (*AdvisoryWatch, error) {
	// A watch outlives any outage of the service; the bounds of a single wait are the usual ones.
	forEver := DefaultRetryPolicy()
	forEver.GiveUpAfter = Forever
	retry, err := policyOr(options.Retry, forEver)
	if err != nil {
		return nil, err
	}
	connection, err := Dial(address, options.TransportCredentials)
	if err != nil {
		return nil, err
	}
	watch := &AdvisoryWatch{
		credential: credential,
		retry:      retry,
		pacing:     realPacing(),
		connection: connection,
		workhours:  workhoursv1.NewWorkhoursServiceClient(connection),
		request: &workhoursv1.WatchAdvisoriesRequest{
			PlatformId: options.PlatformID, ResumeToken: options.ResumeToken,
		},
	}
	if options.pacing != nil {
		watch.pacing = *options.pacing
	}
	watch.closed, watch.close = context.WithCancel(context.Background())
	return watch, nil
}

// ResumeToken of the advice given out last.
func (w *AdvisoryWatch) ResumeToken() string {
	w.lock.Lock()
	defer w.lock.Unlock()
	return w.request.ResumeToken
}

// Next advice, waiting for it. It fails with ErrClientClosed after Close, with the context's error if that ended first
// (call it again with another: nothing is missed), and with *APIError:
//
//   - ErrInvalidArgument, RESUME_TOKEN_UNKNOWN: the service never gave out this token. Begin with an empty one.
//   - ErrUnauthenticated: the token is missing, unknown or revoked.
//   - ErrPermissionDenied: the token is good but not for this platform's advice.
//   - ErrUnavailable: if the retry policy has an end, and it is over.
func (w *AdvisoryWatch) Next(ctx context.Context) (Advised, error) {
	for {
		message, err := w.receive(ctx)
		switch {
		case w.closed.Err() != nil:
			return Advised{}, ErrClientClosed
		case err == nil:
			return w.take(message), nil
		case ctx.Err() != nil:
			w.leave()
			return Advised{}, ctx.Err()
		}
		w.leave()
		failure := broken(err)
		wait, again := w.waitAfter(failure)
		if !again {
			return Advised{}, failure
		}
		either, cancel := context.WithCancel(ctx)
		stop := context.AfterFunc(w.closed, cancel)
		err = sleep(either, wait)
		stop()
		cancel()
		if err != nil && w.closed.Err() == nil {
			return Advised{}, ctx.Err()
		}
	}
}

// Close ends the watch. A second call does nothing.
func (w *AdvisoryWatch) Close() error {
	if w.closed.Err() != nil {
		return nil
	}
	w.close()
	return w.connection.Close()
}

// receive opens the stream if there is none, and waits for a message.
func (w *AdvisoryWatch) receive(ctx context.Context) (*workhoursv1.WatchAdvisoriesResponse, error) {
	if w.stream == nil {
		token, err := w.credential.Token(ctx)
		if err != nil {
			return nil, err
		}
		// The stream outlives the Next that opened it.
		streaming, cut := context.WithCancel(w.closed)
		w.token, w.began, w.cut = token, w.pacing.now(), cut
		if w.stream, err = w.workhours.WatchAdvisories(Bearer(streaming, token), w.request); err != nil {
			return nil, err
		}
	}
	// A context that ends while we wait cuts the stream; the next call takes it up again.
	defer context.AfterFunc(ctx, w.cut)()
	return w.stream.Recv()
}

// leave the stream; what it still holds comes again.
func (w *AdvisoryWatch) leave() {
	if w.cut != nil {
		w.cut()
	}
	w.stream, w.cut = nil, nil
}

func (w *AdvisoryWatch) take(message *workhoursv1.WatchAdvisoriesResponse) Advised {
	w.attempts = nil
	w.lock.Lock()
	defer w.lock.Unlock()
	w.request = &workhoursv1.WatchAdvisoriesRequest{
		PlatformId: w.request.PlatformId, ResumeToken: message.GetResumeToken(),
	}
	return Advised{message.GetAdvisory(), message.GetResumeToken()}
}

func (w *AdvisoryWatch) waitAfter(failure *APIError) (time.Duration, bool) {
	// A stream that held was connected, though nothing came: its end is the first failure of a new row.
	if w.pacing.now().Sub(w.began) > w.retry.Max {
		w.attempts = nil
	}
	if w.credential.Renews(failure, w.token) {
		return 0, true
	}
	if w.attempts == nil {
		w.attempts = newAttempts(w.retry, w.pacing)
	}
	return w.attempts.waitAfter(failure)
}

// broken is the typed error of a stream that broke; any interruption is an ErrUnavailable. Besides UNAVAILABLE, streams end
// in order (the service stops), or as the service or a proxy between ends them that is tired of waiting: we set no deadline.
func broken(err error) *APIError {
	if errors.Is(err, io.EOF) {
		return unavailable("the service ended the stream")
	}
	failure := FromRPCError(err)
	if failure.Code == codes.Canceled || failure.Code == codes.DeadlineExceeded {
		return unavailable(failure.Message)
	}
	return failure
}

func unavailable(message string) *APIError {
	return &APIError{
		Kind: ErrUnavailable, Code: codes.Unavailable, Message: message, ZH: message, Metadata: map[string]string{},
	}
}

// ListAdvisories is one page of what holds now, or of what has come since a resume token. UNAVAILABLE is resent. Its errors
// are *APIError.
func ListAdvisories(
	ctx context.Context, address string, credential Credential, options WatchOptions,
) (AdvisoryPage, error) {
	retry, err := policyOr(options.Retry, DefaultRetryPolicy())
	if err != nil {
		return AdvisoryPage{}, err
	}
	connection, err := Dial(address, options.TransportCredentials)
	if err != nil {
		return AdvisoryPage{}, err
	}
	defer connection.Close() //nolint:errcheck // nothing is left on it
	request := &workhoursv1.ListAdvisoriesRequest{
		PlatformId: options.PlatformID, ResumeToken: options.ResumeToken, PageSize: orElse(options.PageSize, 100),
	}
	workhours := workhoursv1.NewWorkhoursServiceClient(connection)
	answer, err := retried(ctx, credential, retry, realPacing(), orElse(options.Timeout, 30*time.Second),
		func(ctx context.Context) (*workhoursv1.ListAdvisoriesResponse, error) {
			return workhours.ListAdvisories(ctx, request)
		})
	if err != nil {
		return AdvisoryPage{}, err
	}
	return AdvisoryPage{answer.GetAdvisories(), answer.GetResumeToken(), answer.GetMore()}, nil
}
