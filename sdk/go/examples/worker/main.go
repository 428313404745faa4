// A worker that hands in what a dispatch system wrote down: one event of JSON a line on its standard input, as a queue would
// give them. It tells on its standard output what became of them, once its input ends.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"

	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"

	quzhong "quzhong.example/sdk/go"
)

// event is a line: of an order if it names one, else of a shift.
type event struct {
	ID    string    `json:"id"`
	Rider string    `json:"rider"`
	Order string    `json:"order"`
	Kind  string    `json:"kind"`
	At    time.Time `json:"at"`
	Area  string    `json:"area"`
}

var orders = map[string]quzhong.DispatchKind{
	"ACCEPTED": quzhong.DispatchAccepted, "PICKED_UP": quzhong.DispatchPickedUp, "COMPLETED": quzhong.DispatchCompleted,
}

var shifts = map[string]quzhong.WorkSessionKind{
	"ONLINE": quzhong.SessionOnline, "OFFLINE": quzhong.SessionOffline,
	"BREAK_START": quzhong.SessionBreakStart, "BREAK_END": quzhong.SessionBreakEnd,
}

func main() {
	// With a signal no more is taken; what was taken is handed in all the same.
	taking, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	totals, err := work(taking, os.Stdin)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%+v\n", totals)
}

func work(taking context.Context, events io.Reader) (quzhong.Totals, error) {
	key, err := os.ReadFile(os.Getenv("QUZHONG_KEY_FILE"))
	if err != nil {
		return quzhong.Totals{}, err
	}
	credential, err := quzhong.NewPrivateKeyJWT(
		os.Getenv("QUZHONG_CLIENT_ID"), key, os.Getenv("QUZHONG_TOKEN_URL"), quzhong.PrivateKeyJWTOptions{},
	)
	if err != nil {
		return quzhong.Totals{}, err
	}
	transport := credentials.NewTLS(nil)
	if os.Getenv("QUZHONG_PLAIN") != "" { // a suite on this machine
		transport = insecure.NewCredentials()
	}
	address := os.Getenv("QUZHONG_ADDRESS")
	pseudonyms, err := quzhong.NewObliviousPseudonymiser(
		address, credential, quzhong.PseudonymOptions{TransportCredentials: transport},
	)
	if err != nil {
		return quzhong.Totals{}, err
	}
	defer pseudonyms.Close() //nolint:errcheck // nothing is left on it
	client, err := quzhong.NewClient(address, credential, "platform-a", quzhong.Options{
		Pseudonymiser:        pseudonyms,
		TransportCredentials: transport,
		Spool:                os.Getenv("QUZHONG_SPOOL"), // the next run begins with what this one cannot deliver
		OnRejected: func(row quzhong.Rejected) {
			log.Println(row.Field, row.Reason, row.Message, row.MessageZH)
		},
	})
	if err != nil {
		return quzhong.Totals{}, err
	}
	taken := take(taking, client, events)
	closing, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	err = errors.Join(taken, client.Close(closing))
	return client.Totals(), err
}

// take events until they end or nobody wants more. One that makes no sense is told and left out.
func take(taking context.Context, client *quzhong.Client, events io.Reader) error {
	lines := bufio.NewScanner(events)
	for lines.Scan() && taking.Err() == nil {
		var told event
		if err := json.Unmarshal(lines.Bytes(), &told); err != nil {
			log.Printf("no event: %v", err)
			continue
		}
		err := add(taking, client, told)
		var wrong *quzhong.IdentityError
		if errors.As(err, &wrong) {
			log.Printf("%s: %v", told.ID, wrong)
			continue
		}
		if err != nil && taking.Err() == nil {
			return err
		}
	}
	return lines.Err()
}

func add(ctx context.Context, client *quzhong.Client, told event) error {
	if told.Order == "" {
		return client.AddWorkSession(ctx, quzhong.WorkSessionRow{
			EventID: told.ID, Identity: told.Rider, EventTime: told.At, Kind: shifts[told.Kind], AreaCode: told.Area,
			Vehicle: quzhong.VehicleEBike,
		})
	}
	return client.AddDispatch(ctx, quzhong.DispatchRow{
		EventID: told.ID, Identity: told.Rider, OrderID: told.Order, EventTime: told.At, Kind: orders[told.Kind],
		AreaCode: told.Area, Service: quzhong.ServiceFoodDelivery, Vehicle: quzhong.VehicleEBike,
	})
}
