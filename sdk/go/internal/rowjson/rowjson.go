// Package rowjson reads rows as the shared vectors and the scripted day write them: fields as in the Python client,
// enumerations by name without their prefix, times in RFC 3339, spans in milliseconds; null states a field no more.
//
// It knows the client's rows by their shape only, so that the client's own tests can use it.
package rowjson

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"google.golang.org/protobuf/reflect/protoreflect"
)

var names = map[string]string{
	"event_id": "EventID", "identity": "Identity", "order_id": "OrderID", "event_time": "EventTime", "kind": "Kind",
	"area_code": "AreaCode", "service": "Service", "vehicle": "Vehicle", "distance_m": "DistanceM",
	"promised": "Promised", "estimated": "Estimated", "pay_fen": "PayFen", "commission_fen": "CommissionFen",
	"penalty_fen": "PenaltyFen", "weather": "Weather", "statutory_holiday": "StatutoryHoliday",
	"employment_form": "EmploymentForm", "tenure_band": "TenureBand", "partner_firm_id": "PartnerFirmID",
}

var (
	spanType = reflect.TypeFor[*time.Duration]()
	enumType = reflect.TypeFor[protoreflect.Enum]()
)

// Set the fields of the row that the content names, and no others. Corrections are the caller's.
func Set(row any, content []byte) error {
	var told map[string]json.RawMessage
	if err := json.Unmarshal(content, &told); err != nil {
		return err
	}
	for name, value := range told {
		if name == "corrected" {
			continue
		}
		field := reflect.ValueOf(row).Elem().FieldByName(names[name])
		if !field.IsValid() {
			return fmt.Errorf("%s: no field of %T", name, row)
		}
		if err := set(field, value); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func set(field reflect.Value, value json.RawMessage) error {
	switch {
	case string(value) == "null":
		field.SetZero()
		return nil
	case field.Type().Implements(enumType):
		return setEnum(field, value)
	case field.Type() == spanType:
		var milliseconds int64
		if err := json.Unmarshal(value, &milliseconds); err != nil {
			return err
		}
		span := time.Duration(milliseconds) * time.Millisecond
		field.Set(reflect.ValueOf(&span))
		return nil
	default:
		fresh := reflect.New(field.Type()) // the field's own pointer may be another row's too
		if err := json.Unmarshal(value, fresh.Interface()); err != nil {
			return err
		}
		field.Set(fresh.Elem())
		return nil
	}
}

// setEnum: RAIN of Weather is WEATHER_RAIN in the contract, FROM_1_TO_3_YEARS of TenureBand is TENURE_BAND_1_TO_3_YEARS.
func setEnum(field reflect.Value, value json.RawMessage) error {
	var name string
	if err := json.Unmarshal(value, &name); err != nil {
		return err
	}
	values := field.Interface().(protoreflect.Enum).Descriptor().Values()
	prefix := strings.TrimSuffix(string(values.ByNumber(0).Name()), "UNSPECIFIED")
	found := values.ByName(protoreflect.Name(prefix + strings.TrimPrefix(name, "FROM_")))
	if found == nil {
		return fmt.Errorf("%s: no such value", name)
	}
	field.SetInt(int64(found.Number()))
	return nil
}
