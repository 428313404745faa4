package quzhong

import "fmt"

// Correct is the next version of an event, with other values where change sets them:
//
//	row, err = row.Correct(func(r *quzhong.DispatchRow) { r.DistanceM = quzhong.Stated[uint32](2450) })
//
// Call it on the version that was sent last. Versions may arrive in any order: the highest one holds, whole. After a
// deletion it says that the event happened after all. Who the worker was and which order it was stay the same in all
// versions: where one of them was wrong, delete the event and send another with a new EventID.
func (r DispatchRow) Correct(change func(*DispatchRow)) (DispatchRow, error) {
	next := r
	next.Version, next.Deleted = r.Version+1, false
	version := next.Version
	change(&next)
	if err := kept("event_id", r.EventID, next.EventID); err != nil {
		return r, err
	}
	if err := kept("identity", r.Identity, next.Identity); err != nil {
		return r, err
	}
	if err := kept("order_id", r.OrderID, next.OrderID); err != nil {
		return r, err
	}
	return next, untouched(next.Version != version || next.Deleted)
}

// Delete is the next version of an event, which says that it never happened.
func (r DispatchRow) Delete() DispatchRow {
	r.Version, r.Deleted = r.Version+1, true
	return r
}

// Correct is as that of DispatchRow.
func (r WorkSessionRow) Correct(change func(*WorkSessionRow)) (WorkSessionRow, error) {
	next := r
	next.Version, next.Deleted = r.Version+1, false
	version := next.Version
	change(&next)
	if err := kept("event_id", r.EventID, next.EventID); err != nil {
		return r, err
	}
	if err := kept("identity", r.Identity, next.Identity); err != nil {
		return r, err
	}
	return next, untouched(next.Version != version || next.Deleted)
}

// Delete is as that of DispatchRow.
func (r WorkSessionRow) Delete() WorkSessionRow {
	r.Version, r.Deleted = r.Version+1, true
	return r
}

func kept(name, before, after string) error {
	if before != after {
		return fmt.Errorf(
			"%s: every version of an event keeps it; delete the event and send another with a new event_id", name,
		)
	}
	return nil
}

func untouched(changed bool) error {
	if changed {
		return fmt.Errorf("version, deleted: are set by Correct and Delete themselves")
	}
	return nil
}
