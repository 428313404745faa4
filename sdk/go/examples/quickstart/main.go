// The quick start: one order of one rider, handed in.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"

	quzhong "quzhong.example/sdk/go"
)

func main() {
	if err := run(context.Background(), os.Getenv("QUZHONG_ADDRESS")); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, address string) error {
	key, err := os.ReadFile(os.Getenv("QUZHONG_KEY_FILE"))
	if err != nil {
		return err
	}
	credential, err := quzhong.NewPrivateKeyJWT(
		os.Getenv("QUZHONG_CLIENT_ID"), key, os.Getenv("QUZHONG_TOKEN_URL"), quzhong.PrivateKeyJWTOptions{},
	)
	if err != nil {
		return err
	}
	transport := credentials.NewTLS(nil)
	if os.Getenv("QUZHONG_PLAIN") != "" { // a suite on this machine
		transport = insecure.NewCredentials()
	}
	pseudonyms, err := quzhong.NewObliviousPseudonymiser(
		address, credential, quzhong.PseudonymOptions{TransportCredentials: transport},
	)
	if err != nil {
		return err
	}
	defer pseudonyms.Close()

	client, err := quzhong.NewClient(address, credential, "platform-a", quzhong.Options{
		Pseudonymiser:        pseudonyms,
		TransportCredentials: transport,
		OnRejected: func(row quzhong.Rejected) {
			log.Println(row.Index, row.Field, row.Reason, row.Message, row.MessageZH)
		},
	})
	if err != nil {
		return err
	}
	accepted := time.Now().Add(-time.Hour)
	for number, kind := range []quzhong.DispatchKind{quzhong.DispatchAccepted, quzhong.DispatchCompleted} {
		err := client.AddDispatch(ctx, quzhong.DispatchRow{
			EventID:   fmt.Sprintf("%d-%d", accepted.UnixNano(), number),
			Identity:  "11010519491231002X", // stays in this process
			OrderID:   fmt.Sprintf("order-%d", accepted.UnixNano()),
			EventTime: accepted.Add(time.Duration(number) * 25 * time.Minute),
			Kind:      kind,
			AreaCode:  "130203",
			Service:   quzhong.ServiceFoodDelivery,
			Vehicle:   quzhong.VehicleEBike,
			DistanceM: quzhong.Stated[uint32](2300),
		})
		if err != nil {
			return err
		}
	}
	if err := client.Close(ctx); err != nil { // sends what is there, and waits for the answers
		return err
	}
	fmt.Printf("%+v\n", client.Totals())
	return nil
}
