package quzhong

import (
	"encoding/json"
	"testing"

	"quzhong.example/sdk/go/internal/rowjson"
)

// readRow of a vector file, corrected as it says.
func readRow[R any](
	t *testing.T, content json.RawMessage, correct func(R, func(*R)) (R, error), remove func(R) R,
) R {
	t.Helper()
	var row R
	if err := rowjson.Set(&row, content); err != nil {
		t.Fatal(err)
	}
	told := struct{ Corrected []json.RawMessage }{}
	if err := json.Unmarshal(content, &told); err != nil {
		t.Fatal(err)
	}
	for _, change := range told.Corrected {
		if string(change) == "null" {
			row = remove(row)
			continue
		}
		var unread error
		next, err := correct(row, func(r *R) { unread = rowjson.Set(r, change) })
		if err != nil || unread != nil {
			t.Fatal(err, unread)
		}
		row = next
	}
	return row
}

func dispatchRow(t *testing.T, content json.RawMessage) DispatchRow {
	t.Helper()
	return readRow(t, content, DispatchRow.Correct, DispatchRow.Delete)
}

func workSessionRow(t *testing.T, content json.RawMessage) WorkSessionRow {
	t.Helper()
	return readRow(t, content, WorkSessionRow.Correct, WorkSessionRow.Delete)
}
