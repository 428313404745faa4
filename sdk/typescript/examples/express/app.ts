/**
 * A dispatch system in small, as an Express app: riders go on and off duty, orders are accepted and completed, and each of
 * these is handed in as it happens.
 *
 *     POST /shifts {rider, kind: "ONLINE" | "OFFLINE" | "BREAK_START" | "BREAK_END", at?}
 *     POST /orders/:order {rider, kind: "ACCEPTED" | "PICKED_UP" | "COMPLETED", distanceM?, at?}
 *     GET  /handed-in
 *
 * `at` (RFC 3339) is for simulations; otherwise it is now.
 */
import express, { type NextFunction, type Request, type Response } from "express";
import {
  type Client,
  DispatchKind,
  IdentityError,
  type Pseudonymiser,
  type Rejected,
  ServiceKind,
  UndeliveredError,
  Vehicle,
  WorkSessionKind,
} from "quzhong";

const AREA = "130203";

interface Said {
  rider: string;
  kind: string;
  at?: string;
  distanceM?: number;
}

/**
 * What tells one event from another for ever: here who, what and when; better the number of your own record. It is sent as
 * it is: who is a pseudonym here too.
 */
function eventId(...parts: string[]): string {
  return parts.join(".").replaceAll(/[^\w.-]/g, "-").slice(0, 64);
}

/** The app hands in through `client`, which its owner closes after the server, so that nothing is lost on the way down. */
export function appOf(
  client: Client,
  pseudonymiser: Pseudonymiser,
  rejected: readonly Rejected[],
): express.Express {
  const app = express().use(express.json());

  app.post("/shifts", async (request: Request<object, unknown, Said>, response) => {
    const { rider, kind, at = new Date().toISOString() } = request.body;
    await client.addWorkSession({
      eventId: eventId("shift", await pseudonymiser.pseudonym(rider), kind, String(Date.parse(at))),
      identity: rider,
      eventTime: at,
      kind: WorkSessionKind[kind as keyof typeof WorkSessionKind] ?? WorkSessionKind.UNSPECIFIED,
      areaCode: AREA,
      vehicle: Vehicle.E_BIKE,
    });
    response.status(202).end();
  });

  app.post("/orders/:order", async (request: Request<{ order: string }, unknown, Said>, response) => {
    const { rider, kind, distanceM, at = new Date().toISOString() } = request.body;
    await client.addDispatch({
      eventId: eventId("order", request.params.order, kind),
      identity: rider,
      orderId: request.params.order,
      eventTime: at,
      kind: DispatchKind[kind as keyof typeof DispatchKind] ?? DispatchKind.UNSPECIFIED,
      areaCode: AREA,
      service: ServiceKind.FOOD_DELIVERY,
      vehicle: Vehicle.E_BIKE,
      distanceM,
    });
    response.status(202).end();
  });

  app.get("/handed-in", async (_request, response) => {
    await client.flush(10_000);
    response.json({ ...client.totals, rejections: rejected.map(({ field, reason }) => ({ field, reason })) });
  });

  app.use((error: Error, _request: Request, response: Response, next: NextFunction) => {
    if (error instanceof IdentityError || error instanceof RangeError) {
      response.status(400).json({ error: error.message });
    } else if (error instanceof UndeliveredError) {
      client.resend(); // kept, and tried again; the caller comes back later
      response.status(503).json({ error: error.message });
    } else {
      next(error);
    }
  });
  return app;
}
