/** Reads the script step by step, and has a platform do what it says. */
import { setTimeout as after } from "node:timers/promises";

import {
  AdvisoryKind,
  type BatchAnswer,
  correct,
  DispatchKind,
  type DispatchRow,
  remove,
  ServiceKind,
  Vehicle,
} from "quzhong";

const FORM = "quzhong-conformance-script/1";

/** What the script has to do with a platform. Put yours in the place of the simulated one. */
export interface DispatchSystem {
  /** Send events in one batch, and tell what became of each. */
  send(events: DispatchRow[]): Promise<BatchAnswer>;
  /** Take an event as it happens, and send it in the background. */
  happened(event: DispatchRow): Promise<void>;
  /** Wait until all that happened is answered. */
  settled(): Promise<void>;
  /** Wait until such advice about the worker stands, or the signal is aborted. */
  adviceCame(workerId: string, kind: AdvisoryKind, within: AbortSignal): Promise<void>;
  /** Who is given an order: the first of the candidates whom advice lets have it; undefined: nobody. */
  assigned(candidates: string[]): string | undefined;
  /** Wait for a warning, read it and acknowledge it, or give up when the signal is aborted. */
  warningAcknowledged(within: AbortSignal): Promise<void>;
}

export interface Script {
  form: string;
  scenarios: { scenario_id: string; steps: Step[] }[];
}

type Step =
  | { do: "send" | "send_skewed"; rows: Row[] }
  | { do: "correct"; event_id: string; set: { distance_m?: number } }
  | { do: "delete"; event_id: string }
  | { do: "stream"; rows: Row[]; every_ms: number }
  | { do: "await_advice"; worker_id: string; kind: keyof typeof AdvisoryKind; within_s: number }
  | { do: "offer"; order_id: string; candidates: string[]; row: Row }
  | { do: "await_notice"; within_s: number }
  | { do: "finish"; row: Row };

interface Row {
  event_id: string;
  worker_id: string;
  order_id: string;
  at_s: number;
  /** Of a row whose `at_s` is a wrong clock's. */
  true_at_s?: number;
  kind: keyof typeof DispatchKind;
  area_code: string;
  service: keyof typeof ServiceKind;
  vehicle: keyof typeof Vehicle;
  distance_m?: number;
}

/** Every scenario, one after another. */
export async function play(script: Script, system: DispatchSystem): Promise<void> {
  if (script.form !== FORM) {
    throw new Error(`script.json: form ${script.form}; this driver plays ${FORM}: take the one of the kit's release`);
  }
  const player = new Player(system);
  for (const { scenario_id, steps } of script.scenarios) {
    console.log("playing", scenario_id);
    player.begunMs = Math.floor(Date.now() / 1_000) * 1_000;
    for (const step of steps) {
      await player.step(step);
    }
  }
}

class Player {
  /** When the scenario began, milliseconds: its rows count from there. */
  begunMs = 0;
  /** The latest version of each event. */
  readonly #sent = new Map<string, DispatchRow>();

  constructor(private readonly system: DispatchSystem) {}

  async step(step: Step): Promise<void> {
    switch (step.do) {
      case "send":
        await this.#send(step.rows);
        return;
      case "correct":
        return this.#change(correct(this.#sent.get(step.event_id)!, { distanceM: step.set.distance_m }));
      case "delete":
        return this.#change(remove(this.#sent.get(step.event_id)!));
      case "send_skewed":
        return this.#sendSkewed(step.rows);
      case "stream":
        return this.#stream(step.rows, step.every_ms);
      case "await_advice":
        return this.system.adviceCame(step.worker_id, AdvisoryKind[step.kind], within(step.within_s));
      case "offer": {
        const chosen = this.system.assigned(step.candidates);
        if (chosen !== undefined) {
          await this.#send([{ ...step.row, event_id: `${step.order_id}-${chosen}`, worker_id: chosen }]);
        }
        return;
      }
      case "await_notice":
        return this.system.warningAcknowledged(within(step.within_s));
      case "finish":
        await this.#send([step.row]);
        return;
      default:
        throw new Error(`script.json: no step that this driver knows: ${JSON.stringify(step)}`);
    }
  }

  #send(rows: Row[]): Promise<BatchAnswer> {
    return this.system.send(rows.map((row) => this.#event(row)));
  }

  /** A later version of an event. */
  async #change(next: DispatchRow): Promise<void> {
    this.#sent.set(next.eventId, next);
    await this.system.send([next]);
  }

  /** By the wrong clock first; what is rejected for it once more, by the right one. */
  async #sendSkewed(rows: Row[]): Promise<void> {
    const { rejections } = await this.#send(rows);
    const mended = rejections
      .filter(({ reason }) => reason === "EVENT_TIME_IN_FUTURE")
      .map(({ index }) => rows[index]!)
      .map((row) => ({ ...row, at_s: row.true_at_s ?? row.at_s }));
    if (mended.length > 0) {
      await this.#send(mended);
    }
  }

  /** One after another; their answers are waited for at the end only. */
  async #stream(rows: Row[], everyMs: number): Promise<void> {
    for (const row of rows) {
      await this.system.happened(this.#event(row));
      await after(everyMs);
    }
    await this.system.settled();
  }

  #event(row: Row): DispatchRow {
    const event: DispatchRow = {
      eventId: row.event_id,
      identity: row.worker_id,
      orderId: row.order_id,
      eventTime: new Date(this.begunMs + row.at_s * 1_000),
      kind: DispatchKind[row.kind],
      areaCode: row.area_code,
      service: ServiceKind[row.service],
      vehicle: Vehicle[row.vehicle],
      distanceM: row.distance_m,
    };
    this.#sent.set(event.eventId, event);
    return event;
  }
}

function within(seconds: number): AbortSignal {
  return AbortSignal.timeout(seconds * 1_000);
}
