package quzhong

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/cloudflare/circl/group"
	"github.com/cloudflare/circl/oprf"
	"github.com/cloudflare/circl/zk/dleq"

	registryv1 "quzhong.example/sdk/go/api/registry/v1"
)

const (
	// Of the 64 bytes of an output: 144 bits are 24 characters without padding; a collision among 10⁹ workers has a chance
	// below 10⁻²⁵.
	pseudonymBytes = 18
	// MostElements of one request, as the contract says.
	MostElements = 500
	// How long what is known of the keys is used: a rotation is announced days ahead.
	keysFresh = time.Hour
)

// PseudonymKey is a version of the registry's key.
type PseudonymKey struct {
	Version int32
	// PublicKey, 32 bytes, is what answers are verified with. Keep it, and pin it the next time.
	PublicKey []byte
	// NotBefore: from when on events carry its pseudonyms.
	NotBefore time.Time
	// RetireTime: from when on it does not answer; zero: no end is planned.
	RetireTime time.Time
}

// knownKeys are the versions as the registry last told them. A version's key, once seen, may not change. Its owner holds
// a lock.
type knownKeys struct {
	seen map[int32][]byte
	keys []PseudonymKey
	told time.Time
}

func (k *knownKeys) fresh(now time.Time, version int32) bool {
	if k.told.IsZero() || (version != 0 && k.find(version) == nil) {
		return false
	}
	return now.Sub(k.told) < keysFresh
}

func (k *knownKeys) find(version int32) *PseudonymKey {
	for place := range k.keys {
		if k.keys[place].Version == version {
			return &k.keys[place]
		}
	}
	return nil
}

// learn takes in what the registry told, or nothing of it if a version has another key than before.
func (k *knownKeys) learn(answer *registryv1.GetPseudonymKeysResponse, now time.Time) error {
	var keys []PseudonymKey
	seen := maps.Clone(k.seen)
	for _, message := range answer.GetKeys() {
		version, public := message.GetKeyVersion(), message.GetPublicKey()
		if before, known := seen[version]; known && !bytes.Equal(before, public) {
			return &PseudonymError{ErrKeyChanged, fmt.Sprintf(
				"version %d of the registry's key has another public key than before; ask the registry, by another way, "+
					"which one is right", version,
			)}
		}
		seen[version] = public
		key := PseudonymKey{Version: version, PublicKey: public, NotBefore: message.GetNotBefore().AsTime()}
		if message.GetRetireTime() != nil {
			key.RetireTime = message.GetRetireTime().AsTime()
		}
		keys = append(keys, key)
	}
	if len(keys) == 0 {
		return &PseudonymError{ErrEvaluationRefused, "the registry told no version of its key"}
	}
	slices.SortFunc(keys, func(one, other PseudonymKey) int { return int(one.Version) - int(other.Version) })
	k.seen, k.keys, k.told = seen, keys, now
	return nil
}

// version asked for, or (0) the one events carry now.
func (k *knownKeys) version(asked int32, now time.Time) (PseudonymKey, error) {
	if asked != 0 {
		if key := k.find(asked); key != nil {
			return *key, nil
		}
		var numbers []string
		for _, key := range k.keys {
			numbers = append(numbers, fmt.Sprint(key.Version))
		}
		return PseudonymKey{}, &PseudonymError{ErrPseudonym, fmt.Sprintf(
			"key_version: %d does not answer; %s do", asked, strings.Join(numbers, ", "),
		)}
	}
	chosen := k.keys[0]
	for _, key := range k.keys {
		if !key.NotBefore.After(now) {
			chosen = key
		}
	}
	return chosen, nil
}

// evaluationRound is some identities, on their way to the registry and back. Used once.
type evaluationRound struct {
	key     PseudonymKey
	texts   []string
	client  oprf.VerifiableClient
	blinded *oprf.FinalizeData
	request *registryv1.EvaluatePseudonymsRequest
}

// newRound blinds texts as canonical makes them; at least one. What is sent does not depend on who the workers are.
func newRound(key PseudonymKey, texts []string, blinds []oprf.Blind) (*evaluationRound, error) {
	public := &oprf.PublicKey{}
	if _, err := element(key.PublicKey); err != nil {
		return nil, &PseudonymError{ErrEvaluationRefused, "the registry's public key: " + err.Error()}
	}
	if err := public.UnmarshalBinary(oprf.SuiteRistretto255, key.PublicKey); err != nil {
		return nil, &PseudonymError{ErrEvaluationRefused, "the registry's public key: " + err.Error()}
	}
	round := &evaluationRound{key: key, texts: texts, client: oprf.NewVerifiableClient(oprf.SuiteRistretto255, public)}
	inputs := make([][]byte, len(texts))
	for place, text := range texts {
		inputs[place] = []byte(text)
	}
	blinded, request, err := round.blind(inputs, blinds)
	if err != nil {
		return nil, &PseudonymError{ErrPseudonym, "blinding: " + err.Error()}
	}
	round.blinded = blinded
	round.request = &registryv1.EvaluatePseudonymsRequest{KeyVersion: key.Version}
	for _, each := range request.Elements {
		encoded, err := each.MarshalBinaryCompress()
		if err != nil {
			return nil, &PseudonymError{ErrPseudonym, "blinding: " + err.Error()}
		}
		round.request.BlindedElements = append(round.request.BlindedElements, encoded)
	}
	return round, nil
}

// blind with fresh randomness; with blinds only for test vectors.
func (r *evaluationRound) blind(
	inputs [][]byte, blinds []oprf.Blind,
) (*oprf.FinalizeData, *oprf.EvaluationRequest, error) {
	if blinds != nil {
		return r.client.DeterministicBlind(inputs, blinds)
	}
	return r.client.Blind(inputs)
}

// pseudonyms verifies the answer and takes the blinding away: text → pseudonym.
func (r *evaluationRound) pseudonyms(answer *registryv1.EvaluatePseudonymsResponse) (map[string]string, error) {
	if answer.GetKeyVersion() != r.key.Version || !bytes.Equal(answer.GetPublicKey(), r.key.PublicKey) {
		return nil, &PseudonymError{ErrEvaluationRefused, fmt.Sprintf(
			"the registry answered under another key than version %d", r.key.Version,
		)}
	}
	outputs, err := r.outputs(answer.GetEvaluatedElements(), answer.GetProof())
	if err != nil {
		return nil, err
	}
	made := make(map[string]string, len(outputs))
	for place, output := range outputs {
		made[r.texts[place]] = base64.URLEncoding.EncodeToString(output[:pseudonymBytes])
	}
	return made, nil
}

// outputs of 64 bytes, in the order of the texts.
func (r *evaluationRound) outputs(evaluated [][]byte, proof []byte) ([][]byte, error) {
	evaluation := &oprf.Evaluation{Proof: &dleq.Proof{}}
	for _, encoded := range evaluated {
		point, err := element(encoded)
		if err != nil {
			return nil, refusedAnswer(err)
		}
		evaluation.Elements = append(evaluation.Elements, point)
	}
	if err := evaluation.Proof.UnmarshalBinary(group.Ristretto255, proof); err != nil {
		return nil, refusedAnswer(err)
	}
	outputs, err := r.client.Finalize(r.blinded, evaluation)
	if err != nil {
		return nil, refusedAnswer(err)
	}
	return outputs, nil
}

func refusedAnswer(err error) error {
	return &PseudonymError{ErrEvaluationRefused, "the registry's answer: " + err.Error() + "; nothing of it was used"}
}

// element of RFC 9497, DeserializeElement: canonical, of the prime-order group, not the identity. The library takes several
// encodings of one element; the contract takes the canonical one.
func element(encoded []byte) (group.Element, error) {
	point := group.Ristretto255.NewElement()
	if err := point.UnmarshalBinary(encoded); err != nil {
		return nil, fmt.Errorf("no element of ristretto255: %w", err)
	}
	if point.IsIdentity() {
		return nil, fmt.Errorf("the identity element; every key maps it to itself")
	}
	again, err := point.MarshalBinaryCompress()
	if err != nil || !bytes.Equal(again, encoded) {
		return nil, fmt.Errorf("no canonical encoding of an element of ristretto255")
	}
	return point, nil
}
