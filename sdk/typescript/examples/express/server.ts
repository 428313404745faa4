/** Serves `app.ts` with the settings of the environment; ends in order with SIGTERM. */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { env } from "node:process";

import { credentials } from "@grpc/grpc-js";
import { Client, ObliviousPseudonymiser, PrivateKeyJwt, type Rejected } from "quzhong";
import { appOf } from "./app.js";

const address = env.QUZHONG_ADDRESS!;
const key = readFileSync(env.QUZHONG_KEY_FILE!);
const credential = new PrivateKeyJwt(env.QUZHONG_CLIENT_ID!, key, env.QUZHONG_TOKEN_URL!);
const plain = env.QUZHONG_PLAIN !== undefined;
const transport = plain ? credentials.createInsecure() : credentials.createSsl();
const pseudonymiser = new ObliviousPseudonymiser(address, credential, { credentials: transport });
const rejected: Rejected[] = [];
const client = new Client(address, credential, env.QUZHONG_PLATFORM ?? "platform-a", {
  pseudonymiser,
  credentials: transport,
  onRejected: (each) => rejected.push(each),
  ...(env.QUZHONG_SPOOL && { spool: env.QUZHONG_SPOOL }),
});

const server = appOf(client, pseudonymiser, rejected).listen(Number(env.PORT ?? 3000), "127.0.0.1");
await once(server, "listening");
console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);

await once(process, "SIGTERM");
server.close();
server.closeAllConnections();
await client.close(30_000);
await pseudonymiser.close();
