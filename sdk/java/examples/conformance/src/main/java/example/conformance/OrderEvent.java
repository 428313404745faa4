package example.conformance;

import example.quzhong.DispatchKind;
import example.quzhong.ServiceKind;
import example.quzhong.Vehicle;
import java.time.Instant;

/**
 * Something that happened to an order, as a dispatch system knows it.
 *
 * @param eventId made when it happens, and never anew
 * @param workerId a pseudonym already, here; a platform knows the worker
 * @param at when it happened, whenever it is sent
 * @param distanceM metres; null: not stated
 */
record OrderEvent(
    String eventId,
    String workerId,
    String orderId,
    Instant at,
    DispatchKind kind,
    String areaCode,
    ServiceKind service,
    Vehicle vehicle,
    Long distanceM) {}
