package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	quzhong "quzhong.example/sdk/go"
	eventsv1 "quzhong.example/sdk/go/api/events/v1"
	workhoursv1 "quzhong.example/sdk/go/api/workhours/v1"
)

const form = "quzhong-conformance-script/1"

// dispatchSystem is what the script has to do with a platform. Put yours in the place of the simulated one.
type dispatchSystem interface {
	// Send events in one batch, and tell what became of each.
	Send(ctx context.Context, events []quzhong.DispatchRow) (quzhong.BatchAnswer, error)
	// Happened takes an event as it happens and sends it in the background; Settle waits until all of them are answered.
	Happened(ctx context.Context, event quzhong.DispatchRow) error
	Settle(ctx context.Context) error
	// AwaitAdvice returns once such advice about the worker stands, or the context ends.
	AwaitAdvice(ctx context.Context, workerID string, kind workhoursv1.AdvisoryKind)
	// Assign an order: the first of the candidates whom advice lets have it; false: nobody.
	Assign(candidates []string) (workerID string, found bool)
	// AcknowledgeWarning waits for a warning, reads it and acknowledges it, or returns when the context ends.
	AcknowledgeWarning(ctx context.Context) error
}

type script struct {
	Form      string `json:"form"`
	Scenarios []struct {
		ID    string `json:"scenario_id"`
		Steps []step `json:"steps"`
	} `json:"scenarios"`
}

// step has what any `do` needs; each uses some of it.
type step struct {
	Do      string `json:"do"`
	Rows    []row  `json:"rows"`
	Row     row    `json:"row"`
	EventID string `json:"event_id"`
	Set     struct {
		DistanceM *uint32 `json:"distance_m"`
	} `json:"set"`
	EveryMS    int64    `json:"every_ms"`
	WithinS    float64  `json:"within_s"`
	WorkerID   string   `json:"worker_id"`
	Kind       string   `json:"kind"`
	OrderID    string   `json:"order_id"`
	Candidates []string `json:"candidates"`
}

type row struct {
	EventID   string  `json:"event_id"`
	WorkerID  string  `json:"worker_id"`
	OrderID   string  `json:"order_id"`
	AtS       int64   `json:"at_s"`
	TrueAtS   int64   `json:"true_at_s"` // of a row whose at_s is a wrong clock's
	Kind      string  `json:"kind"`
	AreaCode  string  `json:"area_code"`
	Service   string  `json:"service"`
	Vehicle   string  `json:"vehicle"`
	DistanceM *uint32 `json:"distance_m"`
}

type player struct {
	system dispatchSystem
	begun  time.Time                      // the scenario that is played; its rows count from here
	sent   map[string]quzhong.DispatchRow // the latest version of each event
}

func play(ctx context.Context, told script, system dispatchSystem) error {
	if told.Form != form {
		return fmt.Errorf("script.json: form %q; this driver plays %q: take the one of the kit's release", told.Form, form)
	}
	p := player{system: system, sent: map[string]quzhong.DispatchRow{}}
	for _, scenario := range told.Scenarios {
		log.Println("playing", scenario.ID)
		p.begun = time.Now().Truncate(time.Second)
		for _, each := range scenario.Steps {
			if err := p.step(ctx, each); err != nil {
				return fmt.Errorf("%s, %s: %w", scenario.ID, each.Do, err)
			}
		}
	}
	return nil
}

func (p *player) step(ctx context.Context, told step) error {
	within, cancel := context.WithTimeout(ctx, time.Duration(told.WithinS*float64(time.Second)))
	defer cancel()
	switch told.Do {
	case "send":
		_, err := p.send(ctx, told.Rows)
		return err
	case "correct":
		next, err := p.sent[told.EventID].Correct(func(event *quzhong.DispatchRow) { event.DistanceM = told.Set.DistanceM })
		if err != nil {
			return err
		}
		return p.change(ctx, next)
	case "delete":
		return p.change(ctx, p.sent[told.EventID].Delete())
	case "send_skewed":
		return p.sendSkewed(ctx, told.Rows)
	case "stream":
		return p.stream(ctx, told.Rows, time.Duration(told.EveryMS)*time.Millisecond)
	case "await_advice":
		kind := workhoursv1.AdvisoryKind(workhoursv1.AdvisoryKind_value["ADVISORY_KIND_"+told.Kind])
		p.system.AwaitAdvice(within, told.WorkerID, kind)
		return nil
	case "offer":
		return p.offer(ctx, told)
	case "await_notice":
		return p.system.AcknowledgeWarning(within)
	case "finish":
		_, err := p.send(ctx, []row{told.Row})
		return err
	}
	return errors.New("no step that this driver knows: take the one of the kit's release")
}

func (p *player) send(ctx context.Context, rows []row) (quzhong.BatchAnswer, error) {
	events := make([]quzhong.DispatchRow, 0, len(rows))
	for _, each := range rows {
		events = append(events, p.event(each))
	}
	return p.system.Send(ctx, events)
}

// change sends a later version of an event.
func (p *player) change(ctx context.Context, next quzhong.DispatchRow) error {
	p.sent[next.EventID] = next
	_, err := p.system.Send(ctx, []quzhong.DispatchRow{next})
	return err
}

// sendSkewed sends by the wrong clock first; what is rejected for it once more, by the right one.
func (p *player) sendSkewed(ctx context.Context, rows []row) error {
	answer, err := p.send(ctx, rows)
	if err != nil {
		return err
	}
	var mended []row
	for _, rejected := range answer.Rejections {
		if rejected.Reason == "EVENT_TIME_IN_FUTURE" {
			right := rows[rejected.Index]
			right.AtS = right.TrueAtS
			mended = append(mended, right)
		}
	}
	if len(mended) > 0 {
		_, err = p.send(ctx, mended)
	}
	return err
}

// stream lets events happen one after another, and waits for their answers at the end only.
func (p *player) stream(ctx context.Context, rows []row, every time.Duration) error {
	for _, each := range rows {
		if err := p.system.Happened(ctx, p.event(each)); err != nil {
			return err
		}
		time.Sleep(every)
	}
	return p.system.Settle(ctx)
}

func (p *player) offer(ctx context.Context, told step) error {
	chosen, found := p.system.Assign(told.Candidates)
	if !found {
		return nil
	}
	offered := told.Row
	offered.EventID, offered.WorkerID = told.OrderID+"-"+chosen, chosen
	_, err := p.send(ctx, []row{offered})
	return err
}

func (p *player) event(told row) quzhong.DispatchRow {
	event := quzhong.DispatchRow{
		EventID:   told.EventID,
		Identity:  told.WorkerID,
		OrderID:   told.OrderID,
		EventTime: p.begun.Add(time.Duration(told.AtS) * time.Second),
		Kind:      quzhong.DispatchKind(eventsv1.DispatchKind_value["DISPATCH_KIND_"+told.Kind]),
		AreaCode:  told.AreaCode,
		Service:   quzhong.ServiceKind(eventsv1.ServiceKind_value["SERVICE_KIND_"+told.Service]),
		Vehicle:   quzhong.Vehicle(eventsv1.Vehicle_value["VEHICLE_"+told.Vehicle]),
		DistanceM: told.DistanceM,
	}
	p.sent[event.EventID] = event
	return event
}
