package quzhong

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// spoolVector has the files in the order they were kept.
type spoolVector struct {
	PlatformID string `json:"platform_id"`
	Files      []struct {
		Name    string
		Content []byte
	}
}

func runSpool(t *testing.T, given json.RawMessage) any {
	told := decoded[spoolVector](t, given)
	folder := t.TempDir()
	for place, each := range told.Files {
		path, kept := filepath.Join(folder, each.Name), time.Unix(int64(place)+1, 0)
		check(t, os.WriteFile(path, each.Content, 0o600))
		check(t, os.Chtimes(path, kept, kept))
	}
	spool, err := openSpool(folder, told.PlatformID)
	check(t, err)
	batches, err := spool.batches()
	if err != nil {
		for _, each := range told.Files {
			if strings.Contains(err.Error(), "Spool: "+each.Name+": ") {
				return object{"refused": each.Name}
			}
		}
		t.Fatal(err)
	}
	for _, each := range told.Files {
		check(t, os.Remove(filepath.Join(folder, each.Name)))
	}
	tell, undelivered := []object{}, []Undelivered{}
	for _, batch := range batches {
		tell = append(tell, toldBatch(batch))
		undelivered = append(undelivered, Undelivered{Batch: batch})
	}
	check(t, spool.keep(undelivered))
	kept := filesOf(t, folder)
	for _, batch := range batches {
		spool.forget(batch)
	}
	if left := filesOf(t, folder); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	return object{"batches": tell, "files": kept}
}

func toldBatch(batch *Batch) object {
	kind, ids := "dispatch", []string{}
	if batch.Kind == WorkSessionRows {
		kind = "work_session"
	}
	for _, row := range batch.Dispatches {
		ids = append(ids, row.GetEventId())
	}
	for _, row := range batch.WorkSessions {
		ids = append(ids, row.GetEventId())
	}
	return object{"kind": kind, "request_id": batch.RequestID, "event_ids": ids}
}

func filesOf(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	entries, err := os.ReadDir(folder)
	check(t, err)
	files := map[string][]byte{}
	for _, entry := range entries {
		content, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		check(t, err)
		files[entry.Name()] = content
	}
	return files
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
