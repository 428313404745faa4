/** Rows a second through the client, beside a bare loop over the generated stub. See `bench/sdks.py`. */
import { once } from "node:events";
import { text } from "node:stream/consumers";

import { credentials, Metadata } from "@grpc/grpc-js";

import { Client, DispatchKind, type DispatchRow, ServiceKind, Vehicle } from "quzhong";
import { Dispatch } from "quzhong/api/events/v1/events";
import { IntakeServiceClient } from "quzhong/api/intake/v1/intake";

interface Task {
  address: string;
  rows: number;
  batch_size: number;
  max_in_flight: number;
  rounds: number;
}

const told = JSON.parse(await text(process.stdin)) as Task;
const FIRST_S = Date.parse("2026-03-16T04:31:00Z") / 1_000;
const WORKERS = Array.from({ length: 100 }, (_, number) => `worker-${String(number).padStart(17, "0")}`);
const PSEUDONYMS = new Map(WORKERS.map((worker, number) => [`identity-${number}`, worker]));

async function bare(): Promise<number> {
  const stub = new IntakeServiceClient(told.address, credentials.createInsecure());
  const metadata = new Metadata();
  metadata.set("authorization", "Bearer a token");
  let accepted = 0;
  let inFlight = 0;
  const freed = new EventTarget();
  const began = performance.now();
  for (let sent = 0; sent < told.rows; sent += told.batch_size) {
    const dispatches: Dispatch[] = [];
    for (let number = sent; number < sent + told.batch_size; number++) {
      dispatches.push({
        eventId: `e-${number}`,
        workerId: WORKERS[number % 100]!,
        orderId: `o-${number >> 1}`,
        eventTime: { seconds: FIRST_S + number, nanos: 0 },
        kind: DispatchKind.ACCEPTED,
        areaCode: "130203",
        service: ServiceKind.FOOD_DELIVERY,
        vehicle: Vehicle.E_BIKE,
        distanceM: 1_000 + (number % 5_000),
        promisedDuration: undefined,
        estimatedDuration: undefined,
        payFen: undefined,
        commissionFen: undefined,
        penaltyFen: undefined,
        weather: 0,
        statutoryHoliday: undefined,
        version: 0,
        deleted: false,
        employmentForm: 0,
        tenureBand: 0,
        partnerFirmId: "",
      });
    }
    inFlight += 1;
    const requestId = `r-${sent}-${began}`;
    stub.submitDispatches({ requestId, platformId: "platform-a", dispatches }, metadata, (error, response) => {
      if (error) {
        throw error;
      }
      accepted += response.answer!.accepted;
      inFlight -= 1;
      freed.dispatchEvent(new Event("freed"));
    });
    while (inFlight >= told.max_in_flight) {
      await once(freed, "freed");
    }
  }
  while (inFlight > 0) {
    await once(freed, "freed");
  }
  const seconds = (performance.now() - began) / 1_000;
  stub.close();
  return rate(accepted, seconds);
}

async function throughClient(): Promise<number> {
  const client = new Client(told.address, "a token", "platform-a", {
    batchSize: told.batch_size,
    maxInFlight: told.max_in_flight,
    pseudonymiser: { pseudonym: (identity) => PSEUDONYMS.get(identity)! },
  });
  const began = performance.now();
  for (let number = 0; number < told.rows; number++) {
    const row: DispatchRow = {
      eventId: `e-${number}`,
      identity: `identity-${number % 100}`,
      orderId: `o-${number >> 1}`,
      eventTime: new Date((FIRST_S + number) * 1_000),
      kind: DispatchKind.ACCEPTED,
      areaCode: "130203",
      service: ServiceKind.FOOD_DELIVERY,
      vehicle: Vehicle.E_BIKE,
      distanceM: 1_000 + (number % 5_000),
    };
    await client.addDispatch(row);
  }
  await client.flush();
  const seconds = (performance.now() - began) / 1_000;
  const { accepted } = client.totals;
  await client.close();
  return rate(accepted, seconds);
}

function rate(accepted: number, seconds: number): number {
  if (accepted !== told.rows) {
    throw new Error(`${accepted} of ${told.rows} rows were accepted: this measured something else`);
  }
  return accepted / seconds;
}

function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!;
}

await bare();
await throughClient();
const rates = { bare: [] as number[], client: [] as number[] };
for (let round = 0; round < told.rounds; round++) {
  rates.bare.push(await bare());
  rates.client.push(await throughClient());
}
const [bareRate, clientRate] = [median(rates.bare), median(rates.client)];
console.log(
  JSON.stringify({
    language: "typescript",
    rows: told.rows,
    client_rows_per_s: clientRate,
    bare_rows_per_s: bareRate,
    ratio: clientRate / bareRate,
  }),
);
