/** The quick start: one order of one rider, handed in. */
import { readFileSync } from "node:fs";
import { env } from "node:process";

import { credentials } from "@grpc/grpc-js";
import { Client, DispatchKind, ObliviousPseudonymiser, PrivateKeyJwt, ServiceKind, Vehicle } from "quzhong";

const address = env.QUZHONG_ADDRESS!;
const key = readFileSync(env.QUZHONG_KEY_FILE!);
const credential = new PrivateKeyJwt(env.QUZHONG_CLIENT_ID!, key, env.QUZHONG_TOKEN_URL!);
const plain = env.QUZHONG_PLAIN !== undefined; // a suite on this machine
const transport = plain ? credentials.createInsecure() : credentials.createSsl();
const pseudonymiser = new ObliviousPseudonymiser(address, credential, { credentials: transport });
const client = new Client(address, credential, "platform-a", {
  pseudonymiser,
  credentials: transport,
  onRejected: ({ index, field, reason, message, messageZh }) => {
    console.warn(index, field, reason, message, messageZh);
  },
});

const accepted = Date.now() - 3_600_000;
for (const [number, kind] of [DispatchKind.ACCEPTED, DispatchKind.COMPLETED].entries()) {
  await client.addDispatch({
    eventId: `${accepted}-${number}`,
    identity: "11010519491231002X", // stays in this process
    orderId: `order-${accepted}`,
    eventTime: new Date(accepted + number * 25 * 60_000),
    kind,
    areaCode: "130203",
    service: ServiceKind.FOOD_DELIVERY,
    vehicle: Vehicle.E_BIKE,
    distanceM: 2_300,
  });
}
await client.close(); // sends what is there, and waits for the answers
await pseudonymiser.close();
console.log(JSON.stringify(client.totals));
