package quzhong

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"time"
)

// RetryPolicy is exponential backoff with full jitter: the n-th wait is drawn from 0 to min(Max, Initial · Multiplierⁿ).
//
// Full jitter spreads the clients of a city that all lost the same server at the same moment. What the server asks for
// in RetryInfo is added in front: nobody comes back earlier than asked.
type RetryPolicy struct {
	// Initial is the upper bound of the first wait.
	Initial time.Duration
	// Multiplier is by how much the bound grows from one wait to the next.
	Multiplier float64
	// Max is the upper bound of any wait.
	Max time.Duration
	// GiveUpAfter: a call is not sent again later than this after its first attempt. Five minutes outlast a deployment;
	// what is given up is kept (UndeliveredError).
	GiveUpAfter time.Duration
}

// Forever outlives any outage.
const Forever = time.Duration(math.MaxInt64)

// DefaultRetryPolicy is what every other language begins with.
func DefaultRetryPolicy() RetryPolicy {
	return RetryPolicy{
		Initial:     100 * time.Millisecond,
		Multiplier:  2,
		Max:         10 * time.Second,
		GiveUpAfter: 5 * time.Minute,
	}
}

func (p RetryPolicy) check() error {
	if p.Initial <= 0 || p.Initial > p.Max || p.Multiplier < 1 || p.GiveUpAfter < 0 {
		return fmt.Errorf("retry: not a policy: %+v", p)
	}
	return nil
}

// policyOr gives the default for nil.
func policyOr(policy *RetryPolicy, otherwise RetryPolicy) (RetryPolicy, error) {
	if policy == nil {
		return otherwise, nil
	}
	return *policy, policy.check()
}

// pacing is where time and chance come from; tests script them.
type pacing struct {
	now     func() time.Time
	uniform func(bound time.Duration) time.Duration
}

func realPacing() pacing {
	return pacing{
		now:     time.Now,
		uniform: func(bound time.Duration) time.Duration { return time.Duration(rand.Float64() * float64(bound)) },
	}
}

// mayPass says whether the same call may succeed later: if the service is away, or says when to come again. Without
// RetryInfo RESOURCE_EXHAUSTED is a message that is too large, which stays so.
func mayPass(failure *APIError) bool {
	if failure.Reason == TokenEndpointAway {
		return false
	}
	return failure.Kind == ErrUnavailable || (failure.Kind == ErrResourceExhausted && failure.RetryAfter > 0)
}

// attempts of one call.
type attempts struct {
	policy   RetryPolicy
	pacing   pacing
	started  time.Time
	failures int
}

func newAttempts(policy RetryPolicy, pacing pacing) *attempts {
	return &attempts{policy: policy, pacing: pacing, started: pacing.now()}
}

// waitAfter is how long to wait before the next attempt; false if sending the same again cannot help, or the policy's
// time is over.
func (a *attempts) waitAfter(failure *APIError) (time.Duration, bool) {
	if !mayPass(failure) {
		return 0, false
	}
	bound := math.Min(float64(a.policy.Max), float64(a.policy.Initial)*math.Pow(a.policy.Multiplier, float64(a.failures)))
	wait := failure.RetryAfter + a.pacing.uniform(time.Duration(bound))
	if a.pacing.now().Sub(a.started)+wait > a.policy.GiveUpAfter {
		return 0, false
	}
	a.failures++
	slog.Warn("quzhong: sending again", "error", failure.Error(), "wait", wait, "attempt", a.failures+1)
	return wait, true
}

// sleep waits, or answers early with the context's error.
func sleep(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
