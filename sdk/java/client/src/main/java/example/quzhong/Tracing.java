package example.quzhong;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.HashMap;
import java.util.Map;

/** OpenTelemetry, as far as the caller has set it up. */
final class Tracing {
  private Tracing() {}

  /**
   * The W3C Trace Context of the span the caller is in; empty outside of any. Baggage stays where
   * it is: the caller alone knows what is in it. The global OpenTelemetry is not asked: that would
   * fix one that the program has yet to set.
   */
  static Map<String, String> current() {
    Map<String, String> carrier = new HashMap<>();
    W3CTraceContextPropagator.getInstance()
        .inject(Context.current(), carrier, (map, name, value) -> map.put(name, value));
    return carrier;
  }
}
