// A driver of the conformance kit: plays, as a platform would, the script that `quzhong conformance` wrote.
//
//	go run ./examples/conformance FOLDER
//
// play.go reads the script, simulated.go is the platform; README.md says how to put your own in its place.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"strings"

	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"

	quzhong "quzhong.example/sdk/go"
)

// place is connect.json: where the sandbox is, and with what one gets in.
type place struct {
	Address        string `json:"address"`
	TLS            bool   `json:"tls"`
	PlatformID     string `json:"platform_id"`
	TokenFile      string `json:"token_file"`
	TokenURL       string `json:"token_url"`
	ClientID       string `json:"client_id"`
	PrivateKeyFile string `json:"private_key_file"`
}

func main() {
	folder := "conformance"
	if len(os.Args) > 1 {
		folder = os.Args[1]
	}
	if err := run(context.Background(), folder); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, folder string) (err error) {
	var at place
	var told script
	if err := errors.Join(read(folder, "connect.json", &at), read(folder, "script.json", &told)); err != nil {
		return err
	}
	credential, err := at.credential(folder)
	if err != nil {
		return err
	}
	transport := insecure.NewCredentials()
	if at.TLS {
		transport = credentials.NewTLS(nil)
	}
	platform, err := newSimulated(at, credential, transport)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, platform.Close(ctx)) }()
	return play(ctx, told, platform)
}

func read(folder, name string, document any) error {
	content, err := os.ReadFile(filepath.Join(folder, name))
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s has no %s: start quzhong conformance first", folder, name)
	} else if err != nil {
		return err
	}
	if err := json.Unmarshal(content, document); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// credential is the key's; the opaque token, where access tokens would come over plain HTTP to a door that speaks TLS.
func (p place) credential(folder string) (quzhong.Credential, error) {
	if p.TLS && strings.HasPrefix(p.TokenURL, "http:") {
		token, err := os.ReadFile(beside(folder, p.TokenFile))
		return quzhong.StaticToken(strings.TrimSpace(string(token))), err
	}
	key, err := os.ReadFile(beside(folder, p.PrivateKeyFile))
	if err != nil {
		return nil, err
	}
	return quzhong.NewPrivateKeyJWT(p.ClientID, key, p.TokenURL, quzhong.PrivateKeyJWTOptions{})
}

// beside: connect.json names files from its own folder on.
func beside(folder, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(folder, path)
}
