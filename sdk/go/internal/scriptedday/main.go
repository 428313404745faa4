// Command scriptedday sends a day of rows as a platform's dispatch system would: with a key of its own, pseudonyms of the
// registry, and rows that come one after the other. The tests of all languages have one like it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"log"
	"os"
	"time"

	quzhong "quzhong.example/sdk/go"
	"quzhong.example/sdk/go/internal/rowjson"
)

type task struct {
	Address      string            `json:"address"`
	TokenURL     string            `json:"token_url"`
	ClientID     string            `json:"client_id"`
	KeyFile      string            `json:"key_file"`
	PlatformID   string            `json:"platform_id"`
	BatchSize    int               `json:"batch_size"`
	QueueRows    int               `json:"queue_rows"`
	IntervalMS   float64           `json:"interval_ms"`
	LingerMS     int64             `json:"linger_ms"`
	Dispatches   []json.RawMessage `json:"dispatches"`
	WorkSessions []json.RawMessage `json:"work_sessions"`
}

func main() {
	var told task
	if err := json.NewDecoder(os.Stdin).Decode(&told); err != nil {
		log.Fatal(err)
	}
	totals, err := send(context.Background(), told)
	if err != nil {
		log.Fatal(err)
	}
	_ = json.NewEncoder(os.Stdout).Encode(map[string]uint64{
		"accepted": totals.Accepted, "duplicate": totals.Duplicate, "rejected": totals.Rejected,
	})
}

func send(ctx context.Context, told task) (quzhong.Totals, error) {
	key, err := os.ReadFile(told.KeyFile)
	if err != nil {
		return quzhong.Totals{}, err
	}
	credential, err := quzhong.NewPrivateKeyJWT(told.ClientID, key, told.TokenURL, quzhong.PrivateKeyJWTOptions{})
	if err != nil {
		return quzhong.Totals{}, err
	}
	pseudonyms, err := quzhong.NewObliviousPseudonymiser(told.Address, credential, quzhong.PseudonymOptions{})
	if err != nil {
		return quzhong.Totals{}, err
	}
	defer pseudonyms.Close() //nolint:errcheck // nothing is left on it
	client, err := quzhong.NewClient(told.Address, credential, told.PlatformID, quzhong.Options{
		Pseudonymiser: pseudonyms, BatchSize: told.BatchSize, QueueRows: told.QueueRows,
		Linger: time.Duration(told.LingerMS) * time.Millisecond,
	})
	if err != nil {
		return quzhong.Totals{}, err
	}
	interval := time.Duration(told.IntervalMS * float64(time.Millisecond))
	for _, content := range told.WorkSessions {
		var row quzhong.WorkSessionRow
		if err := read(&row, content, quzhong.WorkSessionRow.Correct, quzhong.WorkSessionRow.Delete); err != nil {
			return client.Totals(), err
		}
		if err := client.AddWorkSession(ctx, row); err != nil {
			return client.Totals(), err
		}
		time.Sleep(interval)
	}
	for _, content := range told.Dispatches {
		var row quzhong.DispatchRow
		if err := read(&row, content, quzhong.DispatchRow.Correct, quzhong.DispatchRow.Delete); err != nil {
			return client.Totals(), err
		}
		if err := client.AddDispatch(ctx, row); err != nil {
			return client.Totals(), err
		}
		time.Sleep(interval)
	}
	err = client.Close(ctx)
	return client.Totals(), err
}

// read a row, corrected as it says.
func read[R any](row *R, content json.RawMessage, correct func(R, func(*R)) (R, error), remove func(R) R) error {
	if err := rowjson.Set(row, content); err != nil {
		return err
	}
	told := struct{ Corrected []json.RawMessage }{}
	if err := json.Unmarshal(content, &told); err != nil {
		return err
	}
	for _, change := range told.Corrected {
		if string(change) == "null" {
			*row = remove(*row)
			continue
		}
		var unread error
		next, err := correct(*row, func(r *R) { unread = rowjson.Set(r, change) })
		if err := errors.Join(err, unread); err != nil {
			return err
		}
		*row = next
	}
	return nil
}
