package quzhong

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"google.golang.org/grpc/codes"
)

const (
	assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
	// How long an assertion holds: for one request and its way.
	assertionLife = time.Minute
	// The next token is fetched so long before the present one ends: a token endpoint that is away for two minutes is
	// noticed by nobody.
	early = 2 * time.Minute
	// After a fetch that failed while the present token still holds, the next one is tried so much later.
	fetchAgain = 5 * time.Second
	// Nobody asked for so long: it may have been there meanwhile. Clients that resend wait less (RetryPolicy.Max).
	anotherOutage = time.Minute
	// An answer of RFC 6749 is a few hundred bytes.
	mostAnswerBytes = 1 << 20
)

// PrivateKeyJWTOptions of a PrivateKeyJWT; the zero value will do.
type PrivateKeyJWTOptions struct {
	// Audience is whom assertions are addressed to, the issuer of the endpoint's metadata; empty: the token URL.
	Audience string
	// TLS for an authority of one's own, or a client certificate, to which the tokens are bound then.
	TLS *tls.Config
	// Timeout is how long one request may take; 0: 10 s.
	Timeout time.Duration
	// GiveUpAfter: clients resend while the token endpoint is away for no longer than this; then what they sent fails, and
	// each further call asks once. 0: 30 s; negative: at once.
	GiveUpAfter time.Duration

	clock func() time.Time
}

// PrivateKeyJWT gets access tokens by OAuth 2.0 client credentials with private_key_jwt (RFC 6749, RFC 7523): the
// platform signs with a key of its own, and no secret ever leaves it.
//
// Tokens hold for ten minutes and are fetched anew before they end. May be shared by clients and goroutines.
type PrivateKeyJWT struct {
	clientID string
	tokenURL string
	audience string
	method   jwt.SigningMethod
	key      any
	http     *http.Client
	clock    func() time.Time

	// fetching is held by the one goroutine that fetches; it guards away too.
	fetching sync.Mutex
	away     outage

	lock  sync.Mutex
	token string
	fetch time.Time // from which on the next token is fetched
	begin time.Time
	end   time.Time
}

// ed25519Method is EdDSA with this curve under the name RFC 9864 gives it, which says the curve too.
type ed25519Method struct{ *jwt.SigningMethodEd25519 }

func (ed25519Method) Alg() string { return "Ed25519" }

// NewPrivateKeyJWT takes the credential_id of RegisterClientKey, the PEM (PKCS #8) of the Ed25519 or P-256 key whose public
// half was registered, and the registry's /oauth/token. Nobody is called before the first token is needed.
func NewPrivateKeyJWT(
	clientID string, privateKey []byte, tokenURL string, options PrivateKeyJWTOptions,
) (*PrivateKeyJWT, error) {
	if _, err := url.ParseRequestURI(tokenURL); err != nil {
		return nil, fmt.Errorf("tokenURL: %w", err)
	}
	credential := &PrivateKeyJWT{
		clientID: clientID,
		tokenURL: tokenURL,
		audience: orElse(options.Audience, tokenURL),
		clock:    time.Now,
		away:     outage{giveUpAfter: max(0, orElse(options.GiveUpAfter, 30*time.Second))},
		http: &http.Client{
			Timeout: orElse(options.Timeout, 10*time.Second),
			// A connection for each: eight minutes later this one would be closed anyway.
			Transport: &http.Transport{
				Proxy: http.ProxyFromEnvironment, TLSClientConfig: options.TLS, DisableKeepAlives: true,
			},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
	if options.clock != nil {
		credential.clock = options.clock
	}
	if key, err := jwt.ParseEdPrivateKeyFromPEM(privateKey); err == nil {
		credential.method, credential.key = ed25519Method{jwt.SigningMethodEdDSA}, key
		return credential, nil
	}
	key, err := jwt.ParseECPrivateKeyFromPEM(privateKey)
	if err != nil {
		return nil, fmt.Errorf("privateKey: no PEM of an Ed25519 or P-256 private key: %w", err)
	}
	if key.Curve.Params().Name != "P-256" {
		return nil, errors.New("privateKey: not an Ed25519 or P-256 key")
	}
	credential.method, credential.key = jwt.SigningMethodES256, key
	return credential, nil
}

// Token that holds now. Its errors are
//
//   - ErrUnavailable, TOKEN_ENDPOINT_UNAVAILABLE: it cannot be reached, or asks to come later; TOKEN_ENDPOINT_AWAY: that
//     has been so for GiveUpAfter, and clients do not resend.
//   - ErrUnauthenticated, CLIENT_REFUSED: it does not know the client, or the key is another one.
//   - ErrServer: it answered something else.
func (p *PrivateKeyJWT) Token(ctx context.Context) (string, error) {
	if token, holds := p.present(); holds {
		return token, nil
	}
	p.fetching.Lock()
	defer p.fetching.Unlock()
	if token, holds := p.present(); holds { // somebody else fetched it meanwhile
		return token, nil
	}
	now := p.clock()
	failure := p.fetchToken(ctx, now)
	p.lock.Lock()
	defer p.lock.Unlock()
	if failure != nil {
		if !now.Before(p.end) {
			return "", failure
		}
		slog.Warn("quzhong: the present token still holds", "error", failure.Error(), "for", p.end.Sub(now))
		p.fetch = now.Add(fetchAgain)
	}
	return p.token, nil
}

// Renews says whether a stream ended because its token did, and there is, or can be, a newer one.
func (p *PrivateKeyJWT) Renews(failure *APIError, token string) bool {
	if failure.Reason != "CREDENTIAL_EXPIRED" {
		return false
	}
	p.lock.Lock()
	defer p.lock.Unlock()
	if token == p.token {
		if p.clock().Sub(p.begin) < fetchAgain {
			return false // a new one has ended already: the clocks differ, and no further one will help
		}
		p.fetch, p.end = time.Time{}, time.Time{}
	}
	return true
}

// String is without key and token.
func (p *PrivateKeyJWT) String() string {
	return fmt.Sprintf("PrivateKeyJWT(%q, %s)", p.clientID, p.tokenURL)
}

// GoString is without key and token.
func (p *PrivateKeyJWT) GoString() string { return p.String() }

func (p *PrivateKeyJWT) present() (string, bool) {
	p.lock.Lock()
	defer p.lock.Unlock()
	return p.token, p.token != "" && p.clock().Before(p.fetch)
}

func (p *PrivateKeyJWT) fetchToken(ctx context.Context, now time.Time) *APIError {
	assertion, err := p.assertion(now)
	if err != nil {
		return &APIError{Kind: ErrServer, Code: codes.Internal, Message: err.Error(), ZH: err.Error()}
	}
	form := url.Values{
		"grant_type":            {"client_credentials"},
		"client_id":             {p.clientID},
		"client_assertion_type": {assertionType},
		"client_assertion":      {assertion},
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, p.tokenURL, strings.NewReader(form.Encode()))
	if err != nil {
		return &APIError{Kind: ErrServer, Code: codes.Internal, Message: err.Error(), ZH: err.Error()}
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := p.http.Do(request)
	if err != nil {
		return p.away.failure("the token endpoint cannot be reached: "+err.Error(), 0)
	}
	defer answer.Body.Close() //nolint:errcheck // it was read
	body, err := io.ReadAll(io.LimitReader(answer.Body, mostAnswerBytes))
	if err != nil {
		return p.away.failure("the token endpoint cannot be reached: "+err.Error(), 0)
	}
	switch answer.StatusCode {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		seconds, _ := strconv.ParseUint(answer.Header.Get("Retry-After"), 10, 31) // a date is not read
		message := fmt.Sprintf("the token endpoint answers %d", answer.StatusCode)
		return p.away.failure(message, time.Duration(seconds)*time.Second)
	}
	told := struct {
		AccessToken string   `json:"access_token"`
		ExpiresIn   *float64 `json:"expires_in"`
	}{}
	if answer.StatusCode != http.StatusOK || json.Unmarshal(body, &told) != nil ||
		told.AccessToken == "" || told.ExpiresIn == nil {
		return refused(answer.StatusCode, body)
	}
	p.away.end()
	life := time.Duration(*told.ExpiresIn * float64(time.Second))
	p.lock.Lock()
	defer p.lock.Unlock()
	p.token, p.begin, p.end = told.AccessToken, now, now.Add(life)
	p.fetch = now.Add(max(life-early, life/2))
	return nil
}

func (p *PrivateKeyJWT) assertion(now time.Time) (string, error) {
	random := make([]byte, 16)
	rand.Read(random) //nolint:errcheck // never fails
	claims := jwt.MapClaims{
		"iss": p.clientID,
		"sub": p.clientID,
		"aud": p.audience,
		"iat": now.Unix(),
		"exp": now.Unix() + int64(assertionLife/time.Second),
		"jti": base64.RawURLEncoding.EncodeToString(random),
	}
	return jwt.NewWithClaims(p.method, claims).SignedString(p.key)
}

// outage is since when the token endpoint has been away.
type outage struct {
	giveUpAfter time.Duration
	since, last time.Time
}

func (o *outage) end() { o.since = time.Time{} }

// failure is what callers are told: it did not answer now.
func (o *outage) failure(message string, retryAfter time.Duration) *APIError {
	now := time.Now()
	if o.since.IsZero() || now.Sub(o.last) > max(o.giveUpAfter, anotherOutage) {
		o.since = now
	}
	o.last = now
	away := now.Sub(o.since)
	reason, zh := "TOKEN_ENDPOINT_UNAVAILABLE", "令牌端点暂时不可用"
	if away+retryAfter >= o.giveUpAfter {
		reason = TokenEndpointAway
		zh = fmt.Sprintf("令牌端点持续不可用已达 %.0f 秒，不再重发；请检查 token_url 与网络", away.Seconds())
		message += fmt.Sprintf(
			"; for %.0f s now, so nothing is resent: check token_url and the network", away.Seconds(),
		)
	}
	return &APIError{
		Kind: ErrUnavailable, Code: codes.Unavailable, Reason: reason, Message: message, ZH: zh,
		Metadata: map[string]string{}, RetryAfter: retryAfter,
	}
}

func refused(status int, body []byte) *APIError {
	told := struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}{}
	said := fmt.Sprintf("HTTP %d, not an answer of RFC 6749", status)
	if json.Unmarshal(body, &told) == nil && told.Error != "" {
		said = told.Error + ": " + told.Description
	}
	if status == http.StatusBadRequest || status == http.StatusUnauthorized {
		zh := "令牌端点拒绝了该客户端；请核对 client_id 与密钥"
		if strings.Contains(said, "set the clock") { // the registry's words for an assertion of another time than its own
			zh = "令牌端点拒绝了该客户端：本机时间与登记处不一致；请校准本机时钟"
		}
		return &APIError{
			Kind: ErrUnauthenticated, Code: codes.Unauthenticated, Reason: "CLIENT_REFUSED",
			Message: "the token endpoint refused the client: " + said, ZH: zh, Metadata: map[string]string{},
		}
	}
	return &APIError{
		Kind: ErrServer, Code: codes.Unknown, Reason: "TOKEN_ANSWER",
		Message:  said + "; check token_url: it is the registry's /oauth/token",
		ZH:       fmt.Sprintf("令牌端点的答复无法使用（HTTP %d）；请核对 token_url 是否正确", status),
		Metadata: map[string]string{},
	}
}
