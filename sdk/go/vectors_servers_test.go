package quzhong

import (
	"context"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"google.golang.org/grpc"
	"google.golang.org/grpc/status"

	workhoursv1 "quzhong.example/sdk/go/api/workhours/v1"
)

// epoch is second 0 of every token case.
const epoch = 1_773_619_200

type tokenAnswer struct {
	Status     int
	Body       json.RawMessage
	RetryAfter string `json:"retry_after"`
}

func runTokens(t *testing.T, given json.RawMessage) any {
	told := decoded[struct {
		ClientID    string `json:"client_id"`
		Audience    string
		PrivateJWK  struct{ Kty, Crv, D, X string } `json:"private_jwk"`
		GiveUpAfter float64                         `json:"give_up_after_s"`
		Steps       []struct {
			At                float64
			Do, Token, Reason string
			Answer            *tokenAnswer
		}
	}](t, given)
	seed, err := base64.RawURLEncoding.DecodeString(told.PrivateJWK.D)
	if err != nil {
		t.Fatal(err)
	}
	key := ed25519.NewKeyFromSeed(seed)
	encoded, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	var answer *tokenAnswer
	var forms []url.Values
	endpoint := httptest.NewServer(http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		if err := request.ParseForm(); err != nil {
			t.Error(err)
		}
		forms = append(forms, request.PostForm)
		if answer == nil {
			panic(http.ErrAbortHandler)
		}
		if answer.RetryAfter != "" {
			response.Header().Set("Retry-After", answer.RetryAfter)
		}
		response.WriteHeader(answer.Status)
		_, _ = response.Write(answer.Body)
	}))
	defer endpoint.Close()
	now := time.Unix(epoch, 0)
	giveUp := seconds(told.GiveUpAfter)
	if giveUp == 0 {
		giveUp = -1 // the zero value of an option is its default
	}
	credential, err := NewPrivateKeyJWT(
		told.ClientID, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: encoded}), endpoint.URL,
		PrivateKeyJWTOptions{Audience: told.Audience, GiveUpAfter: giveUp, clock: func() time.Time { return now }},
	)
	if err != nil {
		t.Fatal(err)
	}
	steps := []any{}
	for _, step := range told.Steps {
		now = time.Unix(epoch, 0).Add(seconds(step.At))
		if step.Do == "renews" {
			steps = append(steps, object{"renews": credential.Renews(&APIError{Reason: step.Reason}, step.Token)})
			continue
		}
		answer = step.Answer
		before := len(forms)
		token, err := credential.Token(t.Context())
		said := object{"token": token}
		var failure *APIError
		if errors.As(err, &failure) {
			said = object{
				"error": failure.Kind, "reason": failure.Reason, "retry_after_s": failure.RetryAfter.Seconds(),
			}
		}
		said["asked"] = len(forms) > before
		steps = append(steps, said)
	}
	return object{"steps": steps, "assertion": assertionSent(t, forms[0], key.Public(), epoch)}
}

// assertionSent is what the endpoint was sent, its signature verified.
func assertionSent(t *testing.T, form url.Values, public any, at int64) any {
	t.Helper()
	jwt.RegisterSigningMethod("Ed25519", func() jwt.SigningMethod { return ed25519Method{jwt.SigningMethodEdDSA} })
	claims := jwt.MapClaims{}
	token, err := jwt.ParseWithClaims(
		form.Get("client_assertion"), claims, func(*jwt.Token) (any, error) { return public, nil },
		jwt.WithTimeFunc(func() time.Time { return time.Unix(at, 0) }),
	)
	if err != nil {
		t.Fatal(err)
	}
	jti, _ := claims["jti"].(string)
	delete(claims, "jti")
	rest := object{}
	for name := range form {
		if name != "client_assertion" {
			rest[name] = form.Get(name)
		}
	}
	return object{
		"alg": token.Method.Alg(), "claims": claims, "jti_bytes_at_least_16": len(jti) >= 22, "form": rest,
	}
}

// scriptedStreams gives the streams of a case.
type scriptedStreams struct {
	workhoursv1.UnimplementedWorkhoursServiceServer
	t       *testing.T
	streams []scriptedStream
	asked   []string
}

type scriptedStream struct {
	Messages int
	Ends     string
}

func (s *scriptedStreams) WatchAdvisories(
	request *workhoursv1.WatchAdvisoriesRequest, stream workhoursv1.WorkhoursService_WatchAdvisoriesServer,
) error {
	script := s.streams[len(s.asked)]
	s.asked = append(s.asked, request.GetResumeToken())
	last, _ := strconv.Atoi(request.GetResumeToken())
	for number := last + 1; number <= last+script.Messages; number++ {
		if err := stream.Send(&workhoursv1.WatchAdvisoriesResponse{
			Advisory:    &workhoursv1.Advisory{AdvisoryId: fmt.Sprintf("advice-%d", number)},
			ResumeToken: strconv.Itoa(number),
		}); err != nil {
			return err
		}
	}
	if script.Ends == "OK" {
		return nil
	}
	return status.Error(code(s.t, script.Ends), "scripted")
}

// serve on a free port of this machine, or again on the one given; it answers where, and what stops it.
func serve(t *testing.T, address string, register func(*grpc.Server)) (string, func()) {
	t.Helper()
	listener, err := net.Listen("tcp", orElse(address, "127.0.0.1:0"))
	if err != nil {
		t.Fatal(err)
	}
	server := grpc.NewServer(grpc.MaxRecvMsgSize(MostBytes))
	register(server)
	go server.Serve(listener) //nolint:errcheck // it ends when it is stopped
	return listener.Addr().String(), server.Stop
}

func runWatch(t *testing.T, given json.RawMessage) any {
	told := decoded[struct {
		ResumeToken string `json:"resume_token"`
		Streams     []scriptedStream
	}](t, given)
	service := &scriptedStreams{t: t, streams: told.Streams}
	address, stop := serve(t, "", func(server *grpc.Server) {
		workhoursv1.RegisterWorkhoursServiceServer(server, service)
	})
	defer stop()
	scripted := pacing{now: func() time.Time { return time.Time{} }, uniform: func(time.Duration) time.Duration { return 0 }}
	watch, err := WatchAdvisories(address, StaticToken("a token"), WatchOptions{
		ResumeToken: told.ResumeToken, pacing: &scripted,
	})
	if err != nil {
		t.Fatal(err)
	}
	most := 0
	for _, stream := range told.Streams {
		most += stream.Messages
	}
	givenOut, ended := []string{}, any(nil)
	for len(givenOut) < most {
		each, err := watch.Next(t.Context())
		var failure *APIError
		if errors.As(err, &failure) {
			ended = failure.Kind
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		givenOut = append(givenOut, each.Advisory.GetAdvisoryId())
	}
	token := watch.ResumeToken()
	if err := watch.Close(); err != nil {
		t.Error(err)
	}
	if _, err := watch.Next(context.Background()); !errors.Is(err, ErrClientClosed) {
		t.Errorf("after Close: %v", err)
	}
	stop()
	return object{"given_out": givenOut, "asked_with": service.asked, "resume_token": token, "error": ended}
}
