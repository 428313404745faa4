package quzhong

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

const vectorFolder = "../vectors"

// runners: what this client makes of the given of a case, by file.
var runners = map[string]func(t *testing.T, given json.RawMessage) any{
	"batches.json":    runBatch,
	"errors.json":     runError,
	"identities.json": runIdentity,
	"oprf.json":       runOPRF,
	"retries.json":    runRetries,
	"spool.json":      runSpool,
	"tokens.json":     runTokens,
	"watches.json":    runWatch,
}

type vector struct {
	Name     string
	Given    json.RawMessage
	Expected any
}

func decoded[T any](t *testing.T, content []byte) T {
	t.Helper()
	var value T
	reader := json.NewDecoder(bytes.NewReader(content))
	reader.DisallowUnknownFields() // what a case says and we do not read, we would not have run
	if err := reader.Decode(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

func readVectors[T any](t *testing.T, name string) T {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(vectorFolder, name))
	if err != nil {
		t.Fatal(err)
	}
	return decoded[T](t, content)
}

func TestEveryVectorGivesWhatItsFileSays(t *testing.T) {
	counts := readVectors[map[string]int](t, "index.json")
	files, err := filepath.Glob(filepath.Join(vectorFolder, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(counts)+1 || len(runners) != len(counts) {
		t.Fatalf("%d files beside the index, %d counted, %d run", len(files)-1, len(counts), len(runners))
	}
	for name, count := range counts {
		run := runners[name]
		if run == nil {
			t.Fatalf("%s: nobody runs it", name)
		}
		t.Run(name, func(t *testing.T) {
			document := readVectors[struct {
				About string
				Cases []vector
			}](t, name)
			ran := map[string]bool{}
			for _, each := range document.Cases {
				t.Run(each.Name, func(t *testing.T) {
					ran[each.Name] = true
					told, err := json.Marshal(run(t, each.Given))
					if err != nil {
						t.Fatal(err)
					}
					if got := decoded[any](t, told); !reflect.DeepEqual(got, each.Expected) {
						wanted, _ := json.Marshal(each.Expected)
						t.Errorf("told   %s\nwanted %s", told, wanted)
					}
				})
			}
			if !t.Failed() && len(ran) != count {
				t.Errorf("%d of %d cases were run", len(ran), count)
			}
		})
	}
}
