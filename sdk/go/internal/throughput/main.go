// Command throughput measures rows a second through the client, beside a bare loop over the generated stub. See
// bench/sdks.py.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/types/known/timestamppb"

	quzhong "quzhong.example/sdk/go"
	eventsv1 "quzhong.example/sdk/go/api/events/v1"
	intakev1 "quzhong.example/sdk/go/api/intake/v1"
)

const areaCode = "130203"

var first = time.Date(2026, 3, 16, 4, 31, 0, 0, time.UTC)

type task struct {
	Address     string `json:"address"`
	Rows        int    `json:"rows"`
	BatchSize   int    `json:"batch_size"`
	MaxInFlight int    `json:"max_in_flight"`
	Rounds      int    `json:"rounds"`
}

// pseudonyms are at hand.
type pseudonyms map[string]string

func (p pseudonyms) Pseudonym(_ context.Context, identity string) (string, error) {
	return p[identity], nil
}

func worker(number int) string { return fmt.Sprintf("worker-%017d", number%100) }

func main() {
	var told task
	if err := json.NewDecoder(os.Stdin).Decode(&told); err != nil {
		log.Fatal(err)
	}
	measured := [2][]float64{}
	for round := range told.Rounds + 1 {
		for place, measure := range []func(task) (uint64, time.Duration, error){bare, throughClient} {
			accepted, took, err := measure(told)
			if err != nil {
				log.Fatal(err)
			}
			if accepted != uint64(told.Rows) {
				log.Fatalf("%d of %d rows were accepted: this measured something else", accepted, told.Rows)
			}
			if round > 0 { // the first one warms up
				measured[place] = append(measured[place], float64(told.Rows)/took.Seconds())
			}
		}
	}
	bareRate, clientRate := median(measured[0]), median(measured[1])
	_ = json.NewEncoder(os.Stdout).Encode(map[string]any{
		"language": "go", "rows": told.Rows, "client_rows_per_s": clientRate, "bare_rows_per_s": bareRate,
		"ratio": clientRate / bareRate,
	})
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

func bare(told task) (uint64, time.Duration, error) {
	connection, err := grpc.NewClient(told.Address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return 0, 0, err
	}
	defer connection.Close() //nolint:errcheck // nothing is left on it
	intake := intakev1.NewIntakeServiceClient(connection)
	ctx := metadata.AppendToOutgoingContext(context.Background(), "authorization", "Bearer a token")
	var accepted atomic.Uint64
	var failed atomic.Pointer[error]
	var calls sync.WaitGroup
	free := make(chan struct{}, told.MaxInFlight)
	began := time.Now()
	for sent := 0; sent < told.Rows; sent += told.BatchSize {
		request := &intakev1.SubmitDispatchesRequest{
			RequestId: fmt.Sprintf("r-%d", sent), PlatformId: "platform-a",
		}
		for number := sent; number < sent+told.BatchSize; number++ {
			distance := uint32(1_000 + number%5_000)
			request.Dispatches = append(request.Dispatches, &eventsv1.Dispatch{
				EventId: fmt.Sprintf("e-%d", number), WorkerId: worker(number), OrderId: fmt.Sprintf("o-%d", number/2),
				EventTime: timestamppb.New(first.Add(time.Duration(number) * time.Second)),
				Kind:      quzhong.DispatchAccepted, AreaCode: areaCode, Service: quzhong.ServiceFoodDelivery,
				Vehicle: quzhong.VehicleEBike, DistanceM: &distance,
			})
		}
		free <- struct{}{}
		calls.Go(func() {
			defer func() { <-free }()
			response, err := intake.SubmitDispatches(ctx, request)
			if err != nil {
				failed.Store(&err)
				return
			}
			accepted.Add(uint64(response.GetAnswer().GetAccepted()))
		})
	}
	calls.Wait()
	if err := failed.Load(); err != nil {
		return 0, 0, *err
	}
	return accepted.Load(), time.Since(began), nil
}

func throughClient(told task) (uint64, time.Duration, error) {
	known := pseudonyms{}
	for number := range 100 {
		known[fmt.Sprintf("identity-%d", number)] = worker(number)
	}
	ctx := context.Background()
	client, err := quzhong.NewClient(told.Address, quzhong.StaticToken("a token"), "platform-a", quzhong.Options{
		Pseudonymiser: known, BatchSize: told.BatchSize, MaxInFlight: told.MaxInFlight,
	})
	if err != nil {
		return 0, 0, err
	}
	began := time.Now()
	for number := range told.Rows {
		err := client.AddDispatch(ctx, quzhong.DispatchRow{
			EventID: fmt.Sprintf("e-%d", number), Identity: fmt.Sprintf("identity-%d", number%100),
			OrderID:   fmt.Sprintf("o-%d", number/2),
			EventTime: first.Add(time.Duration(number) * time.Second),
			Kind:      quzhong.DispatchAccepted, AreaCode: areaCode, Service: quzhong.ServiceFoodDelivery,
			Vehicle: quzhong.VehicleEBike, DistanceM: quzhong.Stated(uint32(1_000 + number%5_000)),
		})
		if err != nil {
			return 0, 0, err
		}
	}
	if err := client.Flush(ctx); err != nil {
		return 0, 0, err
	}
	took := time.Since(began)
	return client.Totals().Accepted, took, client.Close(ctx)
}
