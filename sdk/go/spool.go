package quzhong

import (
	"cmp"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"google.golang.org/protobuf/proto"

	intakev1 "quzhong.example/sdk/go/api/intake/v1"
)

// spool is a folder of batches that wait for a better time: a request a file, as it is sent. A file is made whole or not
// at all, and goes once its batch is answered; what is sent twice in between has the same request id and counts once.
type spool struct {
	folder     string
	platformID string
}

const (
	dispatchFile    = ".dispatches.pb"
	workSessionFile = ".work-sessions.pb"
)

func openSpool(folder, platformID string) (*spool, error) {
	// The rows tell what pseudonyms did: nobody else's business.
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("Spool: %w", err)
	}
	return &spool{folder: folder, platformID: platformID}, nil
}

// keep writes what could not be delivered. On an error the rest is tried all the same.
func (s *spool) keep(undelivered []Undelivered) error {
	var failed []error
	for _, each := range undelivered {
		failed = append(failed, s.write(each.Batch))
	}
	return errors.Join(failed...)
}

// batches of earlier clients, in the order they were kept.
func (s *spool) batches() ([]*Batch, error) {
	entries, err := os.ReadDir(s.folder)
	if err != nil {
		return nil, fmt.Errorf("Spool: %w", err)
	}
	type file struct {
		name  string
		since int64
	}
	var files []file
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".pb") {
			continue
		}
		told, err := entry.Info()
		if err != nil {
			return nil, fmt.Errorf("Spool: %w", err)
		}
		files = append(files, file{entry.Name(), told.ModTime().UnixNano()})
	}
	slices.SortFunc(files, func(one, other file) int { return cmp.Compare(one.since, other.since) })
	var kept []*Batch
	for _, each := range files {
		batch, err := s.read(each.name)
		if err != nil {
			return nil, err
		}
		kept = append(kept, batch)
	}
	return kept, nil
}

// forget a batch that was answered. It need not have been kept.
func (s *spool) forget(batch *Batch) {
	if err := os.Remove(s.path(batch)); err != nil && !errors.Is(err, os.ErrNotExist) {
		slog.Warn("quzhong: an answered batch stays in the spool and will count as a resent one", "error", err)
	}
}

// path: request ids may have any printable character, file names may not.
func (s *spool) path(batch *Batch) string {
	suffix := dispatchFile
	if batch.Kind == WorkSessionRows {
		suffix = workSessionFile
	}
	return filepath.Join(s.folder, hex.EncodeToString([]byte(batch.RequestID))+suffix)
}

func (s *spool) write(batch *Batch) error {
	content, err := proto.Marshal(batch.request(s.platformID))
	if err != nil {
		return fmt.Errorf("Spool: %w", err)
	}
	unfinished, err := os.CreateTemp(s.folder, "unfinished-*")
	if err != nil {
		return fmt.Errorf("Spool: %w", err)
	}
	_, err = unfinished.Write(content)
	err = errors.Join(err, unfinished.Sync(), unfinished.Close())
	if err == nil {
		err = os.Rename(unfinished.Name(), s.path(batch))
	}
	if err != nil {
		return fmt.Errorf("Spool: %w", errors.Join(err, os.Remove(unfinished.Name())))
	}
	return nil
}

func (s *spool) read(name string) (*Batch, error) {
	content, err := os.ReadFile(filepath.Join(s.folder, name))
	if err != nil {
		return nil, fmt.Errorf("Spool: %w", err)
	}
	batch, platformID := &Batch{}, ""
	if strings.HasSuffix(name, workSessionFile) {
		request := &intakev1.SubmitWorkSessionsRequest{}
		err = proto.Unmarshal(content, request)
		batch.Kind, batch.RequestID, batch.WorkSessions = WorkSessionRows, request.RequestId, request.WorkSessions
		platformID = request.PlatformId
	} else {
		request := &intakev1.SubmitDispatchesRequest{}
		err = proto.Unmarshal(content, request)
		batch.Kind, batch.RequestID, batch.Dispatches = DispatchRows, request.RequestId, request.Dispatches
		platformID = request.PlatformId
	}
	if err != nil {
		return nil, fmt.Errorf("Spool: %s: no batch: %w", name, err)
	}
	if platformID != s.platformID {
		return nil, fmt.Errorf("Spool: %s: a batch of %s, not of %s; each has a folder of its own", name, platformID, s.platformID)
	}
	return batch, nil
}
