package quzhong

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	eventsv1 "quzhong.example/sdk/go/api/events/v1"
	intakev1 "quzhong.example/sdk/go/api/intake/v1"
)

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil))) // every wait is told, and tests wait a lot
	os.Exit(m.Run())
}

// scriptedIntake keeps what it accepted by request id, as the service does; rows named bad… are rejected.
type scriptedIntake struct {
	intakev1.UnimplementedIntakeServiceServer

	lock     sync.Mutex
	script   []error
	answers  map[string]*intakev1.BatchAnswer
	accepted []string
	calls    int
	// after is what a call fails with once it had its effect: the answer is lost on the way.
	after error
	// hold, if set, makes calls wait until it is closed.
	hold chan struct{}
}

func (s *scriptedIntake) SubmitDispatches(
	ctx context.Context, request *intakev1.SubmitDispatchesRequest,
) (*intakev1.SubmitDispatchesResponse, error) {
	s.lock.Lock()
	hold := s.hold
	s.lock.Unlock()
	if hold != nil {
		select {
		case <-hold:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	s.calls++
	if len(s.script) > 0 {
		failure := s.script[0]
		s.script = s.script[1:]
		return nil, failure
	}
	answer := s.answers[request.GetRequestId()]
	if answer == nil {
		answer = &intakev1.BatchAnswer{}
		for place, row := range request.GetDispatches() {
			if strings.HasPrefix(row.GetEventId(), "bad") {
				answer.Rejected++
				answer.Rejections = append(answer.Rejections, &intakev1.Rejection{
					Row: uint32(place), Field: "area_code", Reason: "AREA_UNKNOWN", Message: "no such area", MessageZh: "无此地区",
				})
				continue
			}
			answer.Accepted++
			s.accepted = append(s.accepted, row.GetEventId())
		}
		s.answers[request.GetRequestId()] = answer
	}
	if failure := s.after; failure != nil {
		s.after = nil
		return nil, failure
	}
	return &intakev1.SubmitDispatchesResponse{Answer: answer}, nil
}

func (s *scriptedIntake) eventIDs() []string {
	s.lock.Lock()
	defer s.lock.Unlock()
	return slices.Sorted(slices.Values(s.accepted))
}

func (s *scriptedIntake) register(server *grpc.Server) {
	intakev1.RegisterIntakeServiceServer(server, s)
}

func newIntake(t *testing.T) (*scriptedIntake, string) {
	t.Helper()
	intake := &scriptedIntake{answers: map[string]*intakev1.BatchAnswer{}}
	address, stop := serve(t, "", intake.register)
	t.Cleanup(stop)
	return intake, address
}

func quick() *RetryPolicy {
	return &RetryPolicy{Initial: time.Millisecond, Multiplier: 2, Max: 50 * time.Millisecond, GiveUpAfter: time.Minute}
}

func newClient(t *testing.T, address string, options Options) *Client {
	t.Helper()
	options.Retry = orElse(options.Retry, quick())
	client, err := NewClient(address, StaticToken("a token"), "platform-a", options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ended, cancel := context.WithCancel(context.Background())
		cancel()
		_ = client.Close(ended)
	})
	return client
}

func message(id string) *eventsv1.Dispatch {
	return &eventsv1.Dispatch{
		EventId: id, WorkerId: strings.Repeat("w", 24), OrderId: "order-of-" + id,
		EventTime: &timestamppb.Timestamp{Seconds: epoch}, Kind: DispatchAccepted, AreaCode: "130203",
	}
}

func add(t *testing.T, client *Client, ids ...string) {
	t.Helper()
	for _, id := range ids {
		if err := client.AddDispatchMessage(t.Context(), message(id)); err != nil {
			t.Fatal(err)
		}
	}
}

func numbered(count int) []string {
	var ids []string
	for number := range count {
		ids = append(ids, fmt.Sprintf("e-%06d", number))
	}
	return ids
}

func failing(code codes.Code, retryAfter time.Duration) error {
	told, err := status.New(code, "scripted").WithDetails(&errdetails.RetryInfo{RetryDelay: durationpb.New(retryAfter)})
	if err != nil {
		panic(err)
	}
	return told.Err()
}

func TestRowsAreSentInBatchesAndClosingLosesNone(t *testing.T) {
	intake, address := newIntake(t)
	client := newClient(t, address, Options{BatchSize: 100, Linger: time.Hour})
	add(t, client, numbered(1_050)...)
	if err := client.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(intake.eventIDs(), numbered(1_050)) || intake.calls != 11 {
		t.Errorf("%d events in %d calls", len(intake.eventIDs()), intake.calls)
	}
	if err := client.AddDispatchMessage(t.Context(), message("late")); !errors.Is(err, ErrClientClosed) {
		t.Errorf("after Close: %v", err)
	}
}

func TestALingeringRowGoesByItself(t *testing.T) {
	intake, address := newIntake(t)
	client := newClient(t, address, Options{Linger: 10 * time.Millisecond})
	add(t, client, "alone")
	for deadline := time.Now().Add(10 * time.Second); client.Totals().Accepted == 0; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not sent: %v", intake.eventIDs())
		}
	}
}

func TestAnOutageLosesNothingAndDoublesNothing(t *testing.T) {
	intake := &scriptedIntake{answers: map[string]*intakev1.BatchAnswer{}}
	address, stop := serve(t, "", intake.register)
	client := newClient(t, address, Options{BatchSize: 20, QueueRows: 500, Linger: time.Millisecond})
	most, done := 0, make(chan error)
	go func() {
		for _, id := range numbered(3_000) {
			if err := client.AddDispatchMessage(context.Background(), message(id)); err != nil {
				done <- err
				return
			}
			client.lock.Lock()
			most = max(most, client.queue.heldRows)
			client.lock.Unlock()
			time.Sleep(500 * time.Microsecond)
		}
		done <- client.Flush(context.Background())
	}()
	for range 3 { // away three times, each time for longer than the queue has room
		time.Sleep(300 * time.Millisecond)
		stop()
		time.Sleep(700 * time.Millisecond)
		_, stop = serve(t, address, intake.register)
	}
	defer stop()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(intake.eventIDs(), numbered(3_000)) {
		t.Errorf("%d events arrived, of 3000", len(intake.eventIDs()))
	}
	if got := client.Totals(); got.Accepted != 3_000 {
		t.Errorf("answered: %+v", got)
	}
	if most > 500 {
		t.Errorf("%d rows were held; the queue has room for 500", most)
	}
}

func TestALostAnswerIsAskedForUnderTheSameRequestID(t *testing.T) {
	intake, address := newIntake(t)
	intake.after = failing(codes.Unavailable, 0)
	client := newClient(t, address, Options{})
	add(t, client, "once")
	if err := client.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := intake.eventIDs(); !slices.Equal(got, []string{"once"}) || intake.calls != 2 || len(intake.answers) != 1 {
		t.Errorf("%v in %d calls under %d ids", got, intake.calls, len(intake.answers))
	}
}

func TestNobodyComesBackEarlierThanAsked(t *testing.T) {
	for _, code := range []codes.Code{codes.Unavailable, codes.ResourceExhausted} {
		intake, address := newIntake(t)
		intake.script = []error{failing(code, 150*time.Millisecond)}
		client := newClient(t, address, Options{})
		began := time.Now()
		add(t, client, "e")
		if err := client.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took < 150*time.Millisecond {
			t.Errorf("%v: back after %v", code, took)
		}
	}
}

func TestAFullQueueHoldsUpWhoAdds(t *testing.T) {
	intake, address := newIntake(t)
	intake.hold = make(chan struct{})
	client := newClient(t, address, Options{BatchSize: 10, QueueRows: 10})
	add(t, client, numbered(10)...)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := client.AddDispatchMessage(ctx, message("eleventh")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("with a full queue: %v", err)
	}
	close(intake.hold)
	add(t, client, "eleventh")
	if err := client.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(intake.eventIDs()) != 11 {
		t.Errorf("arrived: %v", intake.eventIDs())
	}
}

func TestWhatIsGivenUpIsKeptAndSentAgain(t *testing.T) {
	intake, address := newIntake(t)
	intake.script = []error{failing(codes.InvalidArgument, 0)}
	client := newClient(t, address, Options{})
	add(t, client, "a", "b")
	var undelivered *UndeliveredError
	if err := client.Flush(t.Context()); !errors.As(err, &undelivered) || undelivered.Batches[0].Batch.Rows() != 2 {
		t.Fatalf("flushed: %v", err)
	}
	if !errors.Is(undelivered.Batches[0].Err, ErrInvalidArgument) {
		t.Errorf("because of %v", undelivered.Batches[0].Err)
	}
	if err := client.AddDispatchMessage(t.Context(), message("c")); !errors.Is(err, ErrUndelivered) {
		t.Errorf("added: %v", err)
	}
	if err := client.Resend(); err != nil {
		t.Fatal(err)
	}
	if err := client.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := intake.eventIDs(); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("arrived: %v", got)
	}
}

func TestWhatCloseCannotDeliverWaitsInTheSpool(t *testing.T) {
	folder := t.TempDir()
	client := newClient(t, "127.0.0.1:1", Options{BatchSize: 2, Spool: folder})
	add(t, client, numbered(5)...)
	soon, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	var undelivered *UndeliveredError
	if err := client.Close(soon); !errors.As(err, &undelivered) || len(undelivered.Batches) != 3 {
		t.Fatalf("closed: %v", err)
	}
	intake, address := newIntake(t)
	intake.after = failing(codes.Unavailable, 0)
	later := newClient(t, address, Options{Spool: folder})
	if err := later.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := intake.eventIDs(); !slices.Equal(got, numbered(5)) || len(intake.answers) != 3 {
		t.Errorf("arrived: %v under %d ids", got, len(intake.answers))
	}
	if left, _ := os.ReadDir(folder); len(left) != 0 {
		t.Errorf("left in the spool: %v", left)
	}
	if _, err := NewClient(address, StaticToken(""), "platform-a", Options{Spool: "/dev/null/no"}); err == nil {
		t.Error("a spool that cannot be had was taken")
	}
}

func TestGoodRowsOfABatchWithBadOnesAreKept(t *testing.T) {
	_, address := newIntake(t)
	var refused []Rejected
	client := newClient(t, address, Options{OnRejected: func(each Rejected) { refused = append(refused, each) }})
	add(t, client, "good", "bad", "fine")
	if err := client.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := client.Totals(); got != (Totals{Accepted: 2, Rejected: 1}) {
		t.Errorf("answered: %+v", got)
	}
	if len(refused) != 1 || refused[0].Index != 1 || refused[0].Reason != "AREA_UNKNOWN" ||
		refused[0].Row.(*eventsv1.Dispatch).GetEventId() != "bad" {
		t.Errorf("rejected: %+v", refused)
	}
}

func TestARowWithoutPseudonymiserOrTimeIsRefused(t *testing.T) {
	_, address := newIntake(t)
	client := newClient(t, address, Options{})
	if err := client.AddDispatch(t.Context(), DispatchRow{}); err == nil || !strings.Contains(err.Error(), "identity") {
		t.Errorf("without pseudonymiser: %v", err)
	}
	if _, err := (DispatchRow{}).ToMessage("w"); err == nil || !strings.Contains(err.Error(), "event_time") {
		t.Errorf("without time: %v", err)
	}
}

func TestACorrectionKeepsWhatAnEventIsFoundBy(t *testing.T) {
	row := DispatchRow{EventID: "e", Identity: "i", OrderID: "o"}
	for name, change := range map[string]func(*DispatchRow){
		"event_id": func(r *DispatchRow) { r.EventID = "f" },
		"identity": func(r *DispatchRow) { r.Identity = "j" },
		"order_id": func(r *DispatchRow) { r.OrderID = "p" },
		"version":  func(r *DispatchRow) { r.Version = 7 },
	} {
		if _, err := row.Correct(change); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOptionsThatMakeNoSenseAreRefusedByName(t *testing.T) {
	for name, options := range map[string]Options{
		"BatchSize":   {BatchSize: 5_001},
		"Linger":      {Linger: -1},
		"QueueRows":   {QueueRows: 10},
		"MaxInFlight": {MaxInFlight: -1},
		"retry":       {Retry: &RetryPolicy{}},
	} {
		if _, err := NewClient("localhost:1", StaticToken(""), "p", options); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
