/** The caller's trace goes on in the service: W3C Trace Context, if the caller uses OpenTelemetry. */
import { context, propagation } from "@opentelemetry/api";

/** Names and values of a call's metadata. */
export type Trace = ReadonlyArray<readonly [string, string]>;

/** Baggage stays where it is: the caller alone knows what is in it. */
const CARRIED = ["traceparent", "tracestate"];

/** Of the span the caller is in, by the propagator it has chosen; empty outside of any. */
export function traceNow(): Trace {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return CARRIED.flatMap((name) => (carrier[name] ? [[name, carrier[name]] as const] : []));
}
