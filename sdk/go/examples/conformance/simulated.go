package main

import (
	"context"
	"errors"
	"log"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"

	quzhong "quzhong.example/sdk/go"
	notifyv1 "quzhong.example/sdk/go/api/notify/v1"
	workhoursv1 "quzhong.example/sdk/go/api/workhours/v1"
)

// How often it looks whether advice has come, which is at hand, and a warning, which is asked for.
const (
	glance = 50 * time.Millisecond
	look   = time.Second
)

// asGiven: the script's workers are pseudonyms already. In production it is an ObliviousPseudonymiser.
type asGiven struct{}

func (asGiven) Pseudonym(_ context.Context, workerID string) (string, error) { return workerID, nil }

// simulated is the least a platform has to do: it dispatches nothing but the script's orders.
type simulated struct {
	client     *quzhong.Client
	watch      *quzhong.AdvisoryWatch
	credential quzhong.Credential
	connection *grpc.ClientConn

	followed chan error // why no advice comes any more
	lock     sync.Mutex
	standing map[string]*workhoursv1.Advisory // by finding: the latest replaces the earlier ones
}

func newSimulated(
	at place, credential quzhong.Credential, transport credentials.TransportCredentials,
) (*simulated, error) {
	// Pauses of at most 2 s, as a run is short; for longer than the longest outage that the kit has, ten minutes.
	retry := quzhong.DefaultRetryPolicy()
	retry.Max, retry.GiveUpAfter = 2*time.Second, 15*time.Minute
	client, err := quzhong.NewClient(at.Address, credential, at.PlatformID, quzhong.Options{
		Pseudonymiser: asGiven{}, TransportCredentials: transport, Linger: 50 * time.Millisecond, Retry: &retry,
	})
	if err != nil {
		return nil, err
	}
	following := quzhong.WatchOptions{TransportCredentials: transport, Retry: &retry}
	watch, err := quzhong.WatchAdvisories(at.Address, credential, following)
	if err != nil {
		return nil, err
	}
	connection, err := quzhong.Dial(at.Address, transport)
	if err != nil {
		return nil, err
	}
	s := &simulated{
		client: client, watch: watch, credential: credential, connection: connection,
		followed: make(chan error, 1), standing: map[string]*workhoursv1.Advisory{},
	}
	go func() { s.followed <- s.follow() }()
	return s, nil
}

func (s *simulated) Close(ctx context.Context) error {
	return errors.Join(s.client.Close(ctx), s.watch.Close(), <-s.followed, s.connection.Close())
}

func (s *simulated) Send(ctx context.Context, events []quzhong.DispatchRow) (quzhong.BatchAnswer, error) {
	return s.client.SubmitDispatches(ctx, events, "")
}

func (s *simulated) Happened(ctx context.Context, event quzhong.DispatchRow) error {
	return s.client.AddDispatch(ctx, event)
}

func (s *simulated) Settle(ctx context.Context) error { return s.client.Flush(ctx) }

// follow the advice until Close. Who restarts meanwhile keeps the ResumeToken beside what it has acted upon.
func (s *simulated) follow() error {
	for {
		advised, err := s.watch.Next(context.Background())
		if errors.Is(err, quzhong.ErrClientClosed) {
			return nil
		} else if err != nil {
			log.Println("no advice comes any more:", err)
			return err
		}
		s.lock.Lock()
		s.standing[advised.Advisory.GetFindingId()] = advised.Advisory
		s.lock.Unlock()
	}
}

func (s *simulated) AwaitAdvice(ctx context.Context, workerID string, kind workhoursv1.AdvisoryKind) {
	ofKind := func(advice *workhoursv1.Advisory) bool { return advice.GetKind() == kind }
	for ctx.Err() == nil && !s.advised(workerID, ofKind) {
		time.Sleep(glance)
	}
}

func (s *simulated) Assign(candidates []string) (string, bool) {
	for _, workerID := range candidates {
		if !s.advised(workerID, holds) {
			return workerID, true
		}
	}
	return "", false
}

// advised says whether such advice stands about a worker.
func (s *simulated) advised(workerID string, such func(*workhoursv1.Advisory) bool) bool {
	s.lock.Lock()
	defer s.lock.Unlock()
	for _, advice := range s.standing {
		if advice.GetWorkerId() == workerID && such(advice) {
			return true
		}
	}
	return false
}

// holds says whether a worker is given no further order under this advice.
func holds(advice *workhoursv1.Advisory) bool {
	switch advice.GetKind() {
	case workhoursv1.AdvisoryKind_ADVISORY_KIND_LIMIT_REACHED:
		return true
	case workhoursv1.AdvisoryKind_ADVISORY_KIND_NO_PUSH:
		end := advice.GetNoPushEndTime()
		return end == nil || time.Now().Before(end.AsTime())
	}
	return false
}

func (s *simulated) AcknowledgeWarning(ctx context.Context) error {
	token, err := s.credential.Token(ctx)
	if err != nil {
		return err
	}
	called := quzhong.Bearer(ctx, token)
	notify := notifyv1.NewNotifyServiceClient(s.connection)
	cases := &notifyv1.ListAlertsRequest{Filter: &notifyv1.AlertFilter{CasesOnly: true}}
	for ; ctx.Err() == nil; time.Sleep(look) {
		heard, err := notify.ListAlerts(called, cases)
		if err != nil && ctx.Err() == nil {
			return quzhong.FromRPCError(err)
		}
		for _, alert := range heard.GetAlerts() {
			if alert.GetKind() == notifyv1.AlertKind_ALERT_KIND_WARNING_SENT {
				file, err := notify.GetCase(called, &notifyv1.GetCaseRequest{CaseId: alert.GetCaseId()})
				if err != nil {
					return quzhong.FromRPCError(err)
				}
				return s.acknowledge(called, file.GetNotices())
			}
		}
	}
	return nil // none came: the kit says what that means
}

func (s *simulated) acknowledge(called context.Context, letters []*notifyv1.Notice) error {
	casework := notifyv1.NewCaseworkServiceClient(s.connection)
	for _, letter := range letters {
		if letter.GetKind() != notifyv1.NoticeKind_NOTICE_KIND_WARNING {
			continue
		}
		_, err := casework.ReplyToNotice(called, &notifyv1.ReplyToNoticeRequest{
			RequestId: "acknowledge-" + letter.GetNoticeId(),
			NoticeId:  letter.GetNoticeId(),
			Kind:      notifyv1.ReplyKind_REPLY_KIND_ACKNOWLEDGEMENT,
			Text:      "已收悉。Received.",
		})
		if err != nil {
			return quzhong.FromRPCError(err)
		}
	}
	return nil
}
