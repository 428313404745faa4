package quzhong

import (
	"errors"
	"time"

	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	eventsv1 "quzhong.example/sdk/go/api/events/v1"
)

// The enumerations of the contract, by the names rows use.
type (
	DispatchKind    = eventsv1.DispatchKind
	WorkSessionKind = eventsv1.WorkSessionKind
	Vehicle         = eventsv1.Vehicle
	Weather         = eventsv1.Weather
	ServiceKind     = eventsv1.ServiceKind
	EmploymentForm  = eventsv1.EmploymentForm
	TenureBand      = eventsv1.TenureBand
)

// Values as in the contract. What is left out of a row is not stated.
const (
	DispatchOffered    = eventsv1.DispatchKind_DISPATCH_KIND_OFFERED
	DispatchAccepted   = eventsv1.DispatchKind_DISPATCH_KIND_ACCEPTED
	DispatchRejected   = eventsv1.DispatchKind_DISPATCH_KIND_REJECTED
	DispatchPickedUp   = eventsv1.DispatchKind_DISPATCH_KIND_PICKED_UP
	DispatchCompleted  = eventsv1.DispatchKind_DISPATCH_KIND_COMPLETED
	DispatchCancelled  = eventsv1.DispatchKind_DISPATCH_KIND_CANCELLED
	DispatchComplained = eventsv1.DispatchKind_DISPATCH_KIND_COMPLAINED

	SessionOnline     = eventsv1.WorkSessionKind_WORK_SESSION_KIND_ONLINE
	SessionOffline    = eventsv1.WorkSessionKind_WORK_SESSION_KIND_OFFLINE
	SessionBreakStart = eventsv1.WorkSessionKind_WORK_SESSION_KIND_BREAK_START
	SessionBreakEnd   = eventsv1.WorkSessionKind_WORK_SESSION_KIND_BREAK_END

	VehicleEBike      = eventsv1.Vehicle_VEHICLE_E_BIKE
	VehicleMotorcycle = eventsv1.Vehicle_VEHICLE_MOTORCYCLE
	VehicleCar        = eventsv1.Vehicle_VEHICLE_CAR
	VehicleBicycle    = eventsv1.Vehicle_VEHICLE_BICYCLE
	VehicleWalk       = eventsv1.Vehicle_VEHICLE_WALK

	WeatherNormal  = eventsv1.Weather_WEATHER_NORMAL
	WeatherRain    = eventsv1.Weather_WEATHER_RAIN
	WeatherSnow    = eventsv1.Weather_WEATHER_SNOW
	WeatherExtreme = eventsv1.Weather_WEATHER_EXTREME

	ServiceFoodDelivery = eventsv1.ServiceKind_SERVICE_KIND_FOOD_DELIVERY
	ServiceRideHailing  = eventsv1.ServiceKind_SERVICE_KIND_RIDE_HAILING
	ServiceParcel       = eventsv1.ServiceKind_SERVICE_KIND_PARCEL

	LabourRelation         = eventsv1.EmploymentForm_EMPLOYMENT_FORM_LABOUR_RELATION
	NotFullyLabourRelation = eventsv1.EmploymentForm_EMPLOYMENT_FORM_NOT_FULLY_LABOUR_RELATION
	SelfEmployed           = eventsv1.EmploymentForm_EMPLOYMENT_FORM_SELF_EMPLOYED

	TenureUnder3Months    = eventsv1.TenureBand_TENURE_BAND_UNDER_3_MONTHS
	TenureFrom3To12Months = eventsv1.TenureBand_TENURE_BAND_3_TO_12_MONTHS
	TenureFrom1To3Years   = eventsv1.TenureBand_TENURE_BAND_1_TO_3_YEARS
	TenureOver3Years      = eventsv1.TenureBand_TENURE_BAND_OVER_3_YEARS
)

// Stated makes an optional field of a value: DistanceM: quzhong.Stated[uint32](2300).
func Stated[T any](value T) *T { return &value }

// WorkSessionRow says that a worker went online or offline, or began or ended a break.
type WorkSessionRow struct {
	// EventID is chosen by the platform, unique for ever within it, 1–64 printable characters.
	EventID string
	// Identity says who the worker is, e.g. the identity number; replaced by the pseudonym before it is sent.
	Identity string
	// EventTime is sent exact to the microsecond.
	EventTime time.Time
	Kind      WorkSessionKind
	// AreaCode of GB/T 2260, six digits.
	AreaCode string
	Vehicle  Vehicle
	// Version counts the corrections; see Correct.
	Version uint32
	// Deleted: this version says that the event never happened; see Delete.
	Deleted bool
}

// DispatchRow says that something happened to an order. What is nil is not stated.
type DispatchRow struct {
	// EventID is chosen by the platform, unique for ever within it, 1–64 printable characters.
	EventID string
	// Identity says who the worker is, e.g. the identity number; replaced by the pseudonym before it is sent.
	Identity string
	// OrderID is the order's pseudonym, unique within the platform.
	OrderID string
	// EventTime is sent exact to the microsecond.
	EventTime time.Time
	Kind      DispatchKind
	// AreaCode of GB/T 2260, six digits.
	AreaCode string
	Service  ServiceKind
	Vehicle  Vehicle
	// DistanceM is the length of the route, metres.
	DistanceM *uint32
	// Promised is the time limit shown to the worker, from acceptance.
	Promised *time.Duration
	// Estimated is the platform's own estimate of the same span.
	Estimated        *time.Duration
	PayFen           *uint32
	CommissionFen    *uint32
	PenaltyFen       *uint32
	Weather          Weather
	StatutoryHoliday *bool
	EmploymentForm   EmploymentForm
	TenureBand       TenureBand
	// PartnerFirmID is the partner firm the worker is engaged through, as the platform names it.
	PartnerFirmID string
	// Version counts the corrections; see Correct.
	Version uint32
	// Deleted: this version says that the event never happened; see Delete.
	Deleted bool
}

var errNoTime = errors.New("event_time: is not set")

// ToMessage is the row as it is sent.
func (r WorkSessionRow) ToMessage(workerID string) (*eventsv1.WorkSession, error) {
	if r.EventTime.IsZero() {
		return nil, errNoTime
	}
	return &eventsv1.WorkSession{
		EventId:   r.EventID,
		WorkerId:  workerID,
		EventTime: timestamp(r.EventTime),
		Kind:      r.Kind,
		AreaCode:  r.AreaCode,
		Vehicle:   r.Vehicle,
		Version:   r.Version,
		Deleted:   r.Deleted,
	}, nil
}

// ToMessage is the row as it is sent.
func (r DispatchRow) ToMessage(workerID string) (*eventsv1.Dispatch, error) {
	if r.EventTime.IsZero() {
		return nil, errNoTime
	}
	return &eventsv1.Dispatch{
		EventId:           r.EventID,
		WorkerId:          workerID,
		OrderId:           r.OrderID,
		EventTime:         timestamp(r.EventTime),
		Kind:              r.Kind,
		AreaCode:          r.AreaCode,
		Service:           r.Service,
		Vehicle:           r.Vehicle,
		DistanceM:         r.DistanceM,
		PromisedDuration:  duration(r.Promised),
		EstimatedDuration: duration(r.Estimated),
		PayFen:            r.PayFen,
		CommissionFen:     r.CommissionFen,
		PenaltyFen:        r.PenaltyFen,
		Weather:           r.Weather,
		StatutoryHoliday:  r.StatutoryHoliday,
		EmploymentForm:    r.EmploymentForm,
		TenureBand:        r.TenureBand,
		PartnerFirmId:     r.PartnerFirmID,
		Version:           r.Version,
		Deleted:           r.Deleted,
	}, nil
}

// timestamp is exact to the microsecond, as in every other language: one event must not differ by who sends it.
func timestamp(moment time.Time) *timestamppb.Timestamp {
	return timestamppb.New(moment.Truncate(time.Microsecond))
}

func duration(span *time.Duration) *durationpb.Duration {
	if span == nil {
		return nil
	}
	return durationpb.New(span.Truncate(time.Microsecond))
}
