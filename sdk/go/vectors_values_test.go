package quzhong

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/cloudflare/circl/group"
	"github.com/cloudflare/circl/oprf"
	spb "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
)

type object = map[string]any

func seconds(value float64) time.Duration { return time.Duration(value * float64(time.Second)) }

func code(t *testing.T, name string) codes.Code {
	t.Helper()
	var told codes.Code
	if err := told.UnmarshalJSON([]byte(`"` + name + `"`)); err != nil {
		t.Fatal(err)
	}
	return told
}

func codeName(told codes.Code) string {
	return map[codes.Code]string{
		codes.Canceled: "CANCELLED", codes.Unknown: "UNKNOWN", codes.InvalidArgument: "INVALID_ARGUMENT",
		codes.DeadlineExceeded: "DEADLINE_EXCEEDED", codes.NotFound: "NOT_FOUND", codes.AlreadyExists: "ALREADY_EXISTS",
		codes.PermissionDenied: "PERMISSION_DENIED", codes.ResourceExhausted: "RESOURCE_EXHAUSTED",
		codes.FailedPrecondition: "FAILED_PRECONDITION", codes.Aborted: "ABORTED", codes.OutOfRange: "OUT_OF_RANGE",
		codes.Unimplemented: "UNIMPLEMENTED", codes.Internal: "INTERNAL", codes.Unavailable: "UNAVAILABLE",
		codes.DataLoss: "DATA_LOSS", codes.Unauthenticated: "UNAUTHENTICATED",
	}[told]
}

func runIdentity(t *testing.T, given json.RawMessage) any {
	text, err := canonical(decoded[struct{ Identity string }](t, given).Identity)
	var refused *IdentityError
	if errors.As(err, &refused) {
		return object{"reason": refused.Reason, "position": refused.Position}
	}
	return object{"canonical": text}
}

func runError(t *testing.T, given json.RawMessage) any {
	told := decoded[struct {
		Code, Message string
		StatusDetails []byte `json:"status_details"`
	}](t, given)
	wire := &spb.Status{}
	if err := proto.Unmarshal(told.StatusDetails, wire); err != nil {
		t.Fatal(err)
	}
	wire.Code, wire.Message = int32(code(t, told.Code)), told.Message
	failure := FromRPCError(status.FromProto(wire).Err())
	if !errors.Is(failure, failure.Kind) {
		t.Errorf("%v is not its own kind", failure)
	}
	scripted := pacing{now: func() time.Time { return time.Unix(0, 0) }, uniform: func(time.Duration) time.Duration { return 0 }}
	_, again := newAttempts(DefaultRetryPolicy(), scripted).waitAfter(failure)
	return object{
		"kind": failure.Kind, "code": codeName(failure.Code), "reason": failure.Reason, "field": failure.Field,
		"message": failure.Message, "zh": failure.ZH, "metadata": failure.Metadata,
		"retry_after_s": failure.RetryAfter.Seconds(), "sent_again": again,
	}
}

func runRetries(t *testing.T, given json.RawMessage) any {
	told := decoded[struct {
		Policy struct {
			Initial     float64 `json:"initial_s"`
			Multiplier  float64
			Max         float64 `json:"max_s"`
			GiveUpAfter float64 `json:"give_up_after_s"`
		}
		Share    float64
		Failures []struct {
			At           float64
			Code, Reason string
			RetryAfter   float64 `json:"retry_after_s"`
		}
	}](t, given)
	var now time.Time
	policy := RetryPolicy{
		seconds(told.Policy.Initial), told.Policy.Multiplier, seconds(told.Policy.Max), seconds(told.Policy.GiveUpAfter),
	}
	if err := policy.check(); err != nil {
		t.Fatal(err)
	}
	tried := newAttempts(policy, pacing{
		now:     func() time.Time { return now },
		uniform: func(bound time.Duration) time.Duration { return time.Duration(told.Share * float64(bound)) },
	})
	waits := []any{}
	for _, each := range told.Failures {
		now = time.Time{}.Add(seconds(each.At))
		failure := FromRPCError(status.Error(code(t, each.Code), "no"))
		failure.Reason, failure.RetryAfter = each.Reason, seconds(each.RetryAfter)
		wait, again := tried.waitAfter(failure)
		if !again {
			waits = append(waits, nil)
			break
		}
		waits = append(waits, wait.Seconds())
	}
	return object{"waits_s": waits}
}

func unhexed(t *testing.T, texts ...string) [][]byte {
	t.Helper()
	values := [][]byte{}
	for _, text := range texts {
		value, err := hex.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		values = append(values, value)
	}
	return values
}

func runOPRF(t *testing.T, given json.RawMessage) any {
	told := decoded[struct {
		Inputs, Blinds, Evaluated []string
		PublicKey                 string `json:"public_key"`
		Proof                     string
	}](t, given)
	var texts []string
	for _, input := range unhexed(t, told.Inputs...) {
		texts = append(texts, string(input))
	}
	var blinds []oprf.Blind
	for _, encoded := range unhexed(t, told.Blinds...) {
		blind := group.Ristretto255.NewScalar()
		if err := blind.UnmarshalBinary(encoded); err != nil {
			t.Fatal(err)
		}
		blinds = append(blinds, blind)
	}
	public := unhexed(t, told.PublicKey)[0]
	round, err := newRound(PseudonymKey{Version: 1, PublicKey: public}, texts, blinds)
	if errors.Is(err, ErrEvaluationRefused) { // such a key is refused before anything is sent
		anyKey, _ := group.Ristretto255.Generator().MarshalBinary()
		if round, err = newRound(PseudonymKey{Version: 1, PublicKey: anyKey}, texts, blinds); err != nil {
			t.Fatal(err)
		}
		return object{"blinded": hexed(round.request.BlindedElements), "refused": true}
	}
	if err != nil {
		t.Fatal(err)
	}
	blinded := hexed(round.request.BlindedElements)
	outputs, err := round.outputs(unhexed(t, told.Evaluated...), unhexed(t, told.Proof)[0])
	if errors.Is(err, ErrEvaluationRefused) {
		return object{"blinded": blinded, "refused": true}
	}
	if err != nil {
		t.Fatal(err)
	}
	pseudonyms := []string{}
	for _, output := range outputs {
		pseudonyms = append(pseudonyms, base64.URLEncoding.EncodeToString(output[:pseudonymBytes]))
	}
	return object{"blinded": blinded, "outputs": hexed(outputs), "pseudonyms": pseudonyms}
}

func hexed(values [][]byte) []string {
	texts := []string{}
	for _, value := range values {
		texts = append(texts, hex.EncodeToString(value))
	}
	return texts
}

func runBatch(t *testing.T, given json.RawMessage) any {
	told := decoded[struct {
		Kind       string
		PlatformID string `json:"platform_id"`
		RequestID  string `json:"request_id"`
		Pseudonyms map[string]string
		Rows       []json.RawMessage
	}](t, given)
	batch := &Batch{RequestID: told.RequestID}
	for _, each := range told.Rows {
		if told.Kind == "dispatch" {
			row := dispatchRow(t, each)
			message, err := row.ToMessage(told.Pseudonyms[row.Identity])
			if err != nil {
				t.Fatal(err)
			}
			batch.Dispatches = append(batch.Dispatches, message)
			continue
		}
		row := workSessionRow(t, each)
		message, err := row.ToMessage(told.Pseudonyms[row.Identity])
		if err != nil {
			t.Fatal(err)
		}
		batch.WorkSessions = append(batch.WorkSessions, message)
	}
	if told.Kind == "work_session" {
		batch.Kind = WorkSessionRows
	}
	content, err := proto.MarshalOptions{Deterministic: true}.Marshal(batch.request(told.PlatformID))
	if err != nil {
		t.Fatal(err)
	}
	return object{"request": content}
}
