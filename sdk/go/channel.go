package quzhong

import (
	"context"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/metadata"
)

// MostBytes of a message: 5,000 rows are about 1 MB; an answer that rejects each of them with two texts is a few more.
const MostBytes = 16 * 1024 * 1024

// Dial opens a connection as every client of this package has it; for the generated stubs of the other services.
// Without credentials it is plain, and a token can be read on the way. Nobody is called before the first call.
func Dial(address string, transport credentials.TransportCredentials) (*grpc.ClientConn, error) {
	if transport == nil {
		transport = insecure.NewCredentials()
	}
	// With our own backoff above it, a connection should find a server again within seconds of its return.
	reconnect := backoff.Config{BaseDelay: 100 * time.Millisecond, Multiplier: 1.6, Jitter: 0.2, MaxDelay: 5 * time.Second}
	return grpc.NewClient(
		address,
		grpc.WithTransportCredentials(transport),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(MostBytes), grpc.MaxCallSendMsgSize(MostBytes)),
		grpc.WithConnectParams(grpc.ConnectParams{Backoff: reconnect, MinConnectTimeout: 5 * time.Second}),
		// Notice a connection that died silently (a NAT that forgot it) within about half a minute.
		grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: 30 * time.Second, Timeout: 10 * time.Second}),
	)
}

// Bearer is a context whose calls carry a token; for the generated stubs.
func Bearer(ctx context.Context, token string) context.Context {
	return metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+token)
}

// Credential is what a client proves itself with: a StaticToken, or a PrivateKeyJWT that fetches access tokens.
type Credential interface {
	// Token that holds now. Its errors are *APIError.
	Token(ctx context.Context) (string, error)
	// Renews says whether a stream that ended with this failure, opened under this token, may be opened again at once
	// with another one.
	Renews(failure *APIError, token string) bool
}

// StaticToken is a token of the registry.
type StaticToken string

// Token is the token itself.
func (t StaticToken) Token(context.Context) (string, error) { return string(t), nil }

// Renews is false: there is no other.
func (t StaticToken) Renews(*APIError, string) bool { return false }

// String keeps the token out of logs.
func (t StaticToken) String() string { return "StaticToken(…)" }

// GoString keeps the token out of logs.
func (t StaticToken) GoString() string { return t.String() }
