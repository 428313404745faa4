package quzhong

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
)

// traceOf is the W3C Trace Context of the span the caller is in, by the propagator it has chosen; empty outside of any.
// Baggage stays where it is: the caller alone knows what is in it.
func traceOf(ctx context.Context) []string {
	carrier := propagation.MapCarrier{}
	otel.GetTextMapPropagator().Inject(ctx, carrier)
	var carried []string
	for _, name := range []string{"traceparent", "tracestate"} {
		if value := carrier[name]; value != "" {
			carried = append(carried, name, value)
		}
	}
	return carried
}
