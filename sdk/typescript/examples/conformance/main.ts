/**
 * A driver of the conformance kit: plays, as a platform would, the script that `quzhong conformance` wrote.
 *
 *     node build/examples/conformance/main.js FOLDER
 *
 * `play.ts` reads the script, `simulated.ts` is the platform; README.md says how to put your own in its place.
 */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { credentials } from "@grpc/grpc-js";
import { PrivateKeyJwt } from "quzhong";
import { play, type Script } from "./play.js";
import { SimulatedPlatform } from "./simulated.js";

/** `connect.json`: where the sandbox is, and with what one gets in. */
interface Place {
  address: string;
  tls: boolean;
  platform_id: string;
  token_file: string;
  token_url: string;
  client_id: string;
  private_key_file: string;
}

const folder = process.argv[2] ?? "conformance";
/** `connect.json` names files from its own folder on. */
const fileOf = (path: string) => readFileSync(resolve(folder, path));
const documentOf = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf-8"));

if (!existsSync(join(folder, "connect.json"))) {
  console.error(`${folder} has no connect.json: start quzhong conformance first`);
  process.exit(2);
}
const place = documentOf("connect.json") as Place;
const script = documentOf("script.json") as Script;
// The key's; the opaque token, where access tokens would come over plain HTTP to a door that speaks TLS.
const credential =
  place.tls && place.token_url.startsWith("http:")
    ? fileOf(place.token_file).toString().trim()
    : new PrivateKeyJwt(place.client_id, fileOf(place.private_key_file), place.token_url);
const transport = place.tls ? credentials.createSsl() : credentials.createInsecure();

await using platform = new SimulatedPlatform(place.address, place.platform_id, credential, transport);
await play(script, platform);
