package quzhong

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/cloudflare/circl/group"
	"github.com/cloudflare/circl/oprf"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/timestamppb"

	registryv1 "quzhong.example/sdk/go/api/registry/v1"
)

// evaluator answers as the registry does, with a key of its own.
type evaluator struct {
	registryv1.UnimplementedPseudonymServiceServer

	lock   sync.Mutex
	keys   map[int32]*oprf.PrivateKey
	asked  []int // elements of each call
	script []error
}

func (e *evaluator) key(t *testing.T, version int32, seed byte) {
	t.Helper()
	key, err := oprf.DeriveKey(oprf.SuiteRistretto255, oprf.VerifiableMode, slices.Repeat([]byte{seed}, 32), []byte("test"))
	if err != nil {
		t.Fatal(err)
	}
	e.lock.Lock()
	defer e.lock.Unlock()
	e.keys[version] = key
}

func public(key *oprf.PrivateKey) []byte {
	encoded, err := key.Public().MarshalBinary()
	if err != nil {
		panic(err)
	}
	return encoded
}

func (e *evaluator) GetPseudonymKeys(
	context.Context, *registryv1.GetPseudonymKeysRequest,
) (*registryv1.GetPseudonymKeysResponse, error) {
	e.lock.Lock()
	defer e.lock.Unlock()
	answer := &registryv1.GetPseudonymKeysResponse{}
	for version, key := range e.keys {
		answer.Keys = append(answer.Keys, &registryv1.PseudonymKey{
			KeyVersion: version, PublicKey: public(key), NotBefore: &timestamppb.Timestamp{Seconds: int64(version)},
		})
	}
	return answer, nil
}

func (e *evaluator) EvaluatePseudonyms(
	_ context.Context, request *registryv1.EvaluatePseudonymsRequest,
) (*registryv1.EvaluatePseudonymsResponse, error) {
	e.lock.Lock()
	defer e.lock.Unlock()
	e.asked = append(e.asked, len(request.GetBlindedElements()))
	if len(e.script) > 0 {
		failure := e.script[0]
		e.script = e.script[1:]
		return nil, failure
	}
	key := e.keys[request.GetKeyVersion()]
	asked := &oprf.EvaluationRequest{}
	for _, encoded := range request.GetBlindedElements() {
		point := group.Ristretto255.NewElement()
		if err := point.UnmarshalBinary(encoded); err != nil {
			return nil, status.Error(codes.InvalidArgument, err.Error())
		}
		asked.Elements = append(asked.Elements, point)
	}
	evaluation, err := oprf.NewVerifiableServer(oprf.SuiteRistretto255, key).Evaluate(asked)
	if err != nil {
		return nil, err
	}
	answer := &registryv1.EvaluatePseudonymsResponse{KeyVersion: request.GetKeyVersion(), PublicKey: public(key)}
	for _, each := range evaluation.Elements {
		encoded, _ := each.MarshalBinaryCompress()
		answer.EvaluatedElements = append(answer.EvaluatedElements, encoded)
	}
	answer.Proof, err = evaluation.Proof.MarshalBinary()
	return answer, err
}

func newPseudonyms(t *testing.T, options PseudonymOptions) (*evaluator, *ObliviousPseudonymiser) {
	t.Helper()
	registry := &evaluator{keys: map[int32]*oprf.PrivateKey{}}
	registry.key(t, 1, 1)
	address, stop := serve(t, "", func(server *grpc.Server) {
		registryv1.RegisterPseudonymServiceServer(server, registry)
	})
	t.Cleanup(stop)
	options.Retry = quick()
	pseudonyms, err := NewObliviousPseudonymiser(address, StaticToken("a token"), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = pseudonyms.Close() })
	return registry, pseudonyms
}

func TestEachPersonIsAskedForOnce(t *testing.T) {
	registry, pseudonyms := newPseudonyms(t, PseudonymOptions{BatchSize: 2})
	made, err := pseudonyms.Pseudonyms(t.Context(), []string{"冀B-1234", "11010519491231002x", "冀b-1234", "AB-9999"})
	if err != nil {
		t.Fatal(err)
	}
	if made[0] != made[2] || made[0] == made[1] || len(made[3]) != 24 || !slices.Equal(registry.asked, []int{2, 1}) {
		t.Errorf("%v after %v", made, registry.asked)
	}
	again, err := pseudonyms.Pseudonym(t.Context(), "１１０１０５１９４９１２３１００２Ｘ")
	if err != nil || again != made[1] || len(registry.asked) != 2 {
		t.Errorf("again: %v %v after %v", again, err, registry.asked)
	}
}

func TestAMistypedNumberIsRefusedBeforeAnybodyIsAsked(t *testing.T) {
	registry, pseudonyms := newPseudonyms(t, PseudonymOptions{})
	_, err := pseudonyms.Pseudonyms(t.Context(), []string{"AB-9999", "110105194912310021"})
	var refused *IdentityError
	if !errors.As(err, &refused) || refused.Reason != "CHECK_CHARACTER" || len(registry.asked) != 0 {
		t.Errorf("%v after %v", err, registry.asked)
	}
}

func TestAnOutageOfTheRegistryIsWaitedFor(t *testing.T) {
	registry, pseudonyms := newPseudonyms(t, PseudonymOptions{})
	registry.script = []error{failing(codes.Unavailable, 0), failing(codes.ResourceExhausted, 1)}
	if _, err := pseudonyms.Pseudonym(t.Context(), "AB-9999"); err != nil || len(registry.asked) != 3 {
		t.Errorf("%v after %v", err, registry.asked)
	}
}

func TestAnotherKeyThanThePinnedOneIsRefused(t *testing.T) {
	_, pseudonyms := newPseudonyms(t, PseudonymOptions{Pins: map[int32][]byte{1: make([]byte, 32)}})
	if _, err := pseudonyms.Pseudonym(t.Context(), "AB-9999"); !errors.Is(err, ErrKeyChanged) || !errors.Is(err, ErrPseudonym) {
		t.Errorf("%v", err)
	}
}

func TestAKeyThatChangesUnderItsVersionIsRefused(t *testing.T) {
	registry, pseudonyms := newPseudonyms(t, PseudonymOptions{})
	if _, err := pseudonyms.Pseudonym(t.Context(), "AB-9999"); err != nil {
		t.Fatal(err)
	}
	registry.key(t, 1, 2)
	if _, err := pseudonyms.Pseudonym(t.Context(), "AB-8888"); !errors.Is(err, ErrEvaluationRefused) {
		t.Errorf("%v", err)
	}
}

func TestTheLatestVersionThatHasBegunIsUsed(t *testing.T) {
	registry, pseudonyms := newPseudonyms(t, PseudonymOptions{})
	registry.key(t, 2, 2)
	now, err := pseudonyms.Pseudonym(t.Context(), "AB-9999")
	if err != nil {
		t.Fatal(err)
	}
	for version, same := range map[int32]bool{1: false, 2: true} {
		made, err := pseudonyms.PseudonymsOf(t.Context(), []string{"AB-9999"}, version)
		if err != nil || (made[0] == now) != same {
			t.Errorf("version %d: %v %v", version, made, err)
		}
	}
	if _, err := pseudonyms.PseudonymsOf(t.Context(), []string{"AB-9999"}, 3); !errors.Is(err, ErrPseudonym) {
		t.Errorf("version 3: %v", err)
	}
}
