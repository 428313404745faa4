package quzhong

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"

	registryv1 "quzhong.example/sdk/go/api/registry/v1"
)

// Pseudonymiser turns who somebody is into a pseudonym of 16–64 characters A–Z a–z 0–9 _ -. The same identity gives the
// same pseudonym; nobody without the key can go back or forth.
type Pseudonymiser interface {
	Pseudonym(ctx context.Context, identity string) (string, error)
}

// PseudonymOptions of an ObliviousPseudonymiser; the zero value will do for a registry on this machine.
type PseudonymOptions struct {
	// Pins are public keys by version, as published by the authority, or those of an earlier run: any other is refused.
	// Without them the first one seen is trusted for as long as the pseudonymiser lives.
	Pins map[int32][]byte
	// CacheSize is how many pseudonyms are kept at hand; 0: 100,000.
	CacheSize int
	// BatchSize: identities a call, 1–500; 0: 500.
	BatchSize int
	// Timeout is how long one attempt of a call may take; 0: 30 s.
	Timeout time.Duration
	// Retry says how UNAVAILABLE is met, and RESOURCE_EXHAUSTED that says when to come again; nil: DefaultRetryPolicy.
	Retry *RetryPolicy
	// TransportCredentials: TLS; without them the connection is plain and the token can be read on the way.
	TransportCredentials credentials.TransportCredentials
}

// ObliviousPseudonymiser makes pseudonyms by an oblivious pseudorandom function (RFC 9497) with the registry's key.
//
// The identity is blinded here, the registry evaluates what looks random to it, its proof is verified, and the blinding is
// taken away here. Every platform gets the same pseudonym for a person, and none can compute one without asking, which the
// registry counts. May be used from any goroutine.
type ObliviousPseudonymiser struct {
	options    PseudonymOptions
	retry      RetryPolicy
	pacing     pacing
	credential Credential
	connection *grpc.ClientConn
	registry   registryv1.PseudonymServiceClient
	cache      *lru.Cache[cacheKey, string]

	// asking is held while the keys are asked for, so that many who start together ask once.
	asking sync.Mutex
	known  knownKeys
}

type cacheKey struct {
	version int32
	text    string
}

// NewObliviousPseudonymiser takes the address of the registry and the credential of the platform or partner firm. Nobody
// is called before the first identity.
func NewObliviousPseudonymiser(
	address string, credential Credential, options PseudonymOptions,
) (*ObliviousPseudonymiser, error) {
	options.CacheSize = orElse(options.CacheSize, 100_000)
	options.BatchSize = orElse(options.BatchSize, MostElements)
	options.Timeout = orElse(options.Timeout, 30*time.Second)
	if options.BatchSize < 1 || options.BatchSize > MostElements {
		return nil, fmt.Errorf("BatchSize: %d; 1–%d are taken", options.BatchSize, MostElements)
	}
	retry, err := policyOr(options.Retry, DefaultRetryPolicy())
	if err != nil {
		return nil, err
	}
	cache, err := lru.New[cacheKey, string](options.CacheSize)
	if err != nil {
		return nil, fmt.Errorf("CacheSize: %w", err)
	}
	connection, err := Dial(address, options.TransportCredentials)
	if err != nil {
		return nil, err
	}
	seen := maps.Clone(options.Pins)
	if seen == nil {
		seen = map[int32][]byte{}
	}
	return &ObliviousPseudonymiser{
		options: options, retry: retry, pacing: realPacing(), credential: credential, connection: connection,
		registry: registryv1.NewPseudonymServiceClient(connection), cache: cache, known: knownKeys{seen: seen},
	}, nil
}

// Keys are the versions that answer, ascending.
func (p *ObliviousPseudonymiser) Keys(ctx context.Context) ([]PseudonymKey, error) {
	p.asking.Lock()
	defer p.asking.Unlock()
	if err := p.freshKeys(ctx, 0); err != nil {
		return nil, err
	}
	return append([]PseudonymKey(nil), p.known.keys...), nil
}

// Pseudonym of one identity number or licence number: 24 characters; one call of the registry unless it is at hand. For
// many use Pseudonyms.
func (p *ObliviousPseudonymiser) Pseudonym(ctx context.Context, identity string) (string, error) {
	made, err := p.Pseudonyms(ctx, []string{identity})
	if err != nil {
		return "", err
	}
	return made[0], nil
}

// Pseudonyms of many, in their order, in batches; each person is asked for once.
//
// Its errors are *IdentityError for the first number that cannot be right (nobody was asked then), *APIError
// (ErrResourceExhausted: the day's evaluations are used up; RetryAfter says for how long) and *PseudonymError.
func (p *ObliviousPseudonymiser) Pseudonyms(ctx context.Context, identities []string) ([]string, error) {
	return p.PseudonymsOf(ctx, identities, 0)
}

// PseudonymsOf a version of the key; 0: the one events carry now.
func (p *ObliviousPseudonymiser) PseudonymsOf(
	ctx context.Context, identities []string, keyVersion int32,
) ([]string, error) {
	texts := make([]string, len(identities))
	for place, identity := range identities {
		text, err := canonical(identity)
		if err != nil {
			return nil, err
		}
		texts[place] = text
	}
	key, err := p.keyNow(ctx, keyVersion)
	if err != nil {
		return nil, err
	}
	found, missing := map[string]string{}, []string(nil)
	for _, text := range texts {
		if _, asked := found[text]; asked {
			continue
		}
		pseudonym, kept := p.cache.Get(cacheKey{key.Version, text})
		if found[text] = pseudonym; !kept {
			missing = append(missing, text)
		}
	}
	for len(missing) > 0 {
		some := missing[:min(len(missing), p.options.BatchSize)]
		missing = missing[len(some):]
		evaluated, err := p.evaluated(ctx, key, some)
		if err != nil {
			return nil, err
		}
		for text, pseudonym := range evaluated {
			p.cache.Add(cacheKey{key.Version, text}, pseudonym)
			found[text] = pseudonym
		}
	}
	made := make([]string, len(texts))
	for place, text := range texts {
		made[place] = found[text]
	}
	return made, nil
}

// Link makes the pseudonyms of both versions and hands in which belongs to which; for all workers, while both answer. What
// was handed in before, by whomever, changes nothing. It answers the places of those whose pair contradicts a known one: a
// mistake somewhere.
func (p *ObliviousPseudonymiser) Link(
	ctx context.Context, identities []string, oldVersion, newVersion int32,
) ([]int, error) {
	before, err := p.PseudonymsOf(ctx, identities, oldVersion)
	if err != nil {
		return nil, err
	}
	after, err := p.PseudonymsOf(ctx, identities, newVersion)
	if err != nil {
		return nil, err
	}
	var contradicting []int
	for start := 0; start < len(before); start += MostElements {
		random := make([]byte, 16)
		rand.Read(random) //nolint:errcheck // never fails
		request := &registryv1.LinkPseudonymsRequest{
			RequestId: hex.EncodeToString(random), OldKeyVersion: oldVersion, NewKeyVersion: newVersion,
		}
		for place := start; place < min(len(before), start+MostElements); place++ {
			request.Links = append(request.Links, &registryv1.PseudonymLink{
				OldPseudonym: before[place], NewPseudonym: after[place],
			})
		}
		answer, err := called(ctx, p, request, p.registry.LinkPseudonyms)
		if err != nil {
			return contradicting, err
		}
		for _, place := range answer.GetContradicting() {
			contradicting = append(contradicting, start+int(place))
		}
	}
	return contradicting, nil
}

// Close the connection.
func (p *ObliviousPseudonymiser) Close() error { return p.connection.Close() }

func (p *ObliviousPseudonymiser) keyNow(ctx context.Context, version int32) (PseudonymKey, error) {
	p.asking.Lock()
	defer p.asking.Unlock()
	if err := p.freshKeys(ctx, version); err != nil {
		return PseudonymKey{}, err
	}
	return p.known.version(version, time.Now())
}

// freshKeys is called with asking held.
func (p *ObliviousPseudonymiser) freshKeys(ctx context.Context, version int32) error {
	if p.known.fresh(p.pacing.now(), version) {
		return nil
	}
	answer, err := called(ctx, p, &registryv1.GetPseudonymKeysRequest{}, p.registry.GetPseudonymKeys)
	if err != nil {
		return err
	}
	return p.known.learn(answer, p.pacing.now())
}

func (p *ObliviousPseudonymiser) evaluated(
	ctx context.Context, key PseudonymKey, texts []string,
) (map[string]string, error) {
	round, err := newRound(key, texts, nil)
	if err != nil {
		return nil, err
	}
	answer, err := called(ctx, p, round.request, p.registry.EvaluatePseudonyms)
	if err != nil {
		if errors.Is(err, ErrFailedPrecondition) || errors.Is(err, ErrNotFound) {
			p.asking.Lock()
			p.known.told = time.Time{} // the version went meanwhile: the next call learns which are left
			p.asking.Unlock()
		}
		return nil, err
	}
	return round.pseudonyms(answer)
}

// called sends until it is answered or given up.
func called[Q, A any](
	ctx context.Context, p *ObliviousPseudonymiser, request Q,
	send func(context.Context, Q, ...grpc.CallOption) (A, error),
) (A, error) {
	return retried(ctx, p.credential, p.retry, p.pacing, p.options.Timeout, func(ctx context.Context) (A, error) {
		return send(ctx, request)
	})
}

// retried is one call under a credential, sent until it is answered or given up.
func retried[A any](
	ctx context.Context, credential Credential, policy RetryPolicy, pacing pacing, timeout time.Duration,
	send func(context.Context) (A, error),
) (A, error) {
	tried := newAttempts(policy, pacing)
	for {
		answer, err := once(ctx, credential, timeout, send)
		if err == nil {
			return answer, nil
		}
		failure := FromRPCError(err)
		wait, again := tried.waitAfter(failure)
		if !again || sleep(ctx, wait) != nil {
			return answer, failure
		}
	}
}

func once[A any](
	ctx context.Context, credential Credential, timeout time.Duration, send func(context.Context) (A, error),
) (A, error) {
	var none A
	attempt, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	token, err := credential.Token(attempt)
	if err != nil {
		return none, err
	}
	return send(Bearer(attempt, token))
}
