package quzhong

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	intakev1 "quzhong.example/sdk/go/api/intake/v1"
)

func (s *scriptedIntake) UploadDispatches(stream intakev1.IntakeService_UploadDispatchesServer) error {
	total := &intakev1.UploadAnswer{}
	for {
		request, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return stream.SendAndClose(&intakev1.UploadDispatchesResponse{Answer: total})
		}
		if err != nil {
			return err
		}
		answer, err := s.SubmitDispatches(stream.Context(), request.GetBatch())
		if err != nil {
			return err
		}
		total.Accepted += uint64(answer.GetAnswer().GetAccepted())
		for _, each := range answer.GetAnswer().GetRejections() {
			total.Rejected++
			total.Rejections = append(total.Rejections, &intakev1.UploadRejection{
				RequestId: request.GetBatch().GetRequestId(), Rejection: each,
			})
		}
	}
}

// same gives everybody one pseudonym.
type same struct{}

func (same) Pseudonym(context.Context, string) (string, error) { return strings.Repeat("w", 24), nil }

func uploadedRows(ids ...string) []DispatchRow {
	var rows []DispatchRow
	for _, id := range ids {
		rows = append(rows, DispatchRow{EventID: id, EventTime: time.Unix(epoch, 0)})
	}
	return rows
}

func TestAnUploadTellsThePlaceAmongAllRows(t *testing.T) {
	intake, address := newIntake(t)
	client := newClient(t, address, Options{BatchSize: 2, Pseudonymiser: same{}})
	answer, err := client.UploadDispatches(t.Context(), slices.Values(uploadedRows("a", "b", "c", "bad", "e")))
	if err != nil {
		t.Fatal(err)
	}
	if answer.Totals != (Totals{Accepted: 4, Rejected: 1}) || answer.Rejections[0].Index != 3 || intake.calls != 3 {
		t.Errorf("%+v in %d calls", answer, intake.calls)
	}
}

func TestAnUploadThatTheServerEndsSaysWhy(t *testing.T) {
	intake, address := newIntake(t)
	intake.script = []error{status.Error(codes.PermissionDenied, "not yours")}
	client := newClient(t, address, Options{BatchSize: 1, Pseudonymiser: same{}})
	rows := func(yield func(DispatchRow) bool) {
		for _, row := range uploadedRows(numbered(10_000)...) {
			if !yield(row) {
				return
			}
		}
	}
	if _, err := client.UploadDispatches(t.Context(), rows); !errors.Is(err, ErrPermissionDenied) {
		t.Errorf("%v", err)
	}
}

func TestAnUploadWithARowThatCannotBeWrittenIsNotAnswered(t *testing.T) {
	_, address := newIntake(t)
	client := newClient(t, address, Options{Pseudonymiser: same{}})
	if _, err := client.UploadDispatches(t.Context(), slices.Values([]DispatchRow{{}})); err == nil {
		t.Error("a row without a time was taken")
	}
}
