import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";

import type { Server, sendUnaryData, ServerUnaryCall, ServiceError } from "@grpc/grpc-js";
import { status } from "@grpc/grpc-js";
import { ristretto255_oprf } from "@noble/curves/ed25519.js";

import {
  EvaluationRefusedError,
  IdentityError,
  KeyChangedError,
  ObliviousPseudonymiser,
  PseudonymError,
  type PseudonymOptions,
} from "quzhong";
import {
  type EvaluatePseudonymsRequest,
  type EvaluatePseudonymsResponse,
  GetPseudonymKeysResponse,
  PseudonymServiceService,
} from "#internal/api/registry/v1/pseudonyms";
import { QUICK } from "./rows.js";
import { failing, type Served, serving } from "./servers.js";

const { voprf } = ristretto255_oprf;
const derived = (seed: number) => voprf.deriveKeyPair(new Uint8Array(32).fill(seed), Buffer.from("test"));

/** Answers as the registry does, with a key of its own. */
const registry = {
  keys: new Map<number, ReturnType<typeof derived>>(),
  /** Elements of each call. */
  asked: [] as number[],
  script: [] as Partial<ServiceError>[],
};
let served: Served;
const made: ObliviousPseudonymiser[] = [];

before(async () => {
  served = await serving((server: Server) => {
    server.addService(PseudonymServiceService, {
      getPseudonymKeys: (_call: unknown, callback: sendUnaryData<GetPseudonymKeysResponse>) => {
        const keys = [...registry.keys].map(([keyVersion, { publicKey }]) => ({
          keyVersion,
          publicKey: Buffer.from(publicKey),
          notBefore: { seconds: keyVersion, nanos: 0 },
          retireTime: undefined,
        }));
        callback(null, GetPseudonymKeysResponse.create({ keys }));
      },
      evaluatePseudonyms: (
        call: ServerUnaryCall<EvaluatePseudonymsRequest, EvaluatePseudonymsResponse>,
        callback: sendUnaryData<EvaluatePseudonymsResponse>,
      ) => {
        const { keyVersion, blindedElements } = call.request;
        registry.asked.push(blindedElements.length);
        const failure = registry.script.shift();
        if (failure !== undefined) {
          callback(failure);
          return;
        }
        const { secretKey, publicKey } = registry.keys.get(keyVersion)!;
        const blinded = blindedElements.map((each) => new Uint8Array(each));
        const { evaluated, proof } = voprf.blindEvaluateBatch(secretKey, publicKey, blinded);
        callback(null, {
          keyVersion,
          publicKey: Buffer.from(publicKey),
          evaluatedElements: evaluated.map((each) => Buffer.from(each)),
          proof: Buffer.from(proof),
        });
      },
      linkPseudonyms: (_call: unknown, callback: sendUnaryData<never>) => {
        callback({ code: status.UNIMPLEMENTED, details: "not scripted" });
      },
    });
  });
});

beforeEach(() => {
  registry.keys = new Map([[1, derived(1)]]);
  registry.asked = [];
  registry.script = [];
});

after(async () => {
  await Promise.all(made.map((each) => each.close()));
  served.stop();
});

function pseudonymiser(options: PseudonymOptions = {}): ObliviousPseudonymiser {
  const pseudonyms = new ObliviousPseudonymiser(served.address, "a token", { retry: QUICK, ...options });
  made.push(pseudonyms);
  return pseudonyms;
}

test("each person is asked for once", async () => {
  const pseudonyms = pseudonymiser({ batchSize: 2 });
  const told = await pseudonyms.pseudonyms(["冀B-1234", "11010519491231002x", "冀b-1234", "AB-9999"]);
  assert.equal(told[0], told[2]);
  assert.notEqual(told[0], told[1]);
  assert.match(told[3]!, /^[\w-]{24}$/);
  assert.deepEqual(registry.asked, [2, 1]);
  assert.equal(pseudonyms.pseudonym("１１０１０５１９４９１２３１００２Ｘ"), told[1]); // at hand: no promise
  assert.equal(registry.asked.length, 2);
});

test("many who want the same one at once ask once", async () => {
  const pseudonyms = pseudonymiser();
  const told = await Promise.all(Array.from({ length: 5 }, () => pseudonyms.pseudonym("AB-9999")));
  assert.equal(new Set(told).size, 1);
  assert.deepEqual(registry.asked, [1]);
});

test("a mistyped number is refused before anybody is asked", async () => {
  const pseudonyms = pseudonymiser();
  await assert.rejects(pseudonyms.pseudonyms(["AB-9999", "110105194912310021"]), (error) => {
    return error instanceof IdentityError && error.reason === "CHECK_CHARACTER" && !error.message.includes("1101");
  });
  assert.deepEqual(registry.asked, []);
});

test("an outage of the registry is waited for", async () => {
  registry.script = [failing(status.UNAVAILABLE), failing(status.RESOURCE_EXHAUSTED, 1)];
  assert.equal((await pseudonymiser().pseudonym("AB-9999")).length, 24);
  assert.equal(registry.asked.length, 3);
});

test("another key than the pinned one is refused", async () => {
  const pseudonyms = pseudonymiser({ pins: { 1: new Uint8Array(32) } });
  await assert.rejects(async () => pseudonyms.pseudonym("AB-9999"), KeyChangedError);
  assert.deepEqual(registry.asked, []);
});

test("a key that changes under its version is refused", async () => {
  const pseudonyms = pseudonymiser();
  await pseudonyms.pseudonym("AB-9999");
  registry.keys.set(1, derived(2));
  await assert.rejects(async () => pseudonyms.pseudonym("AB-8888"), EvaluationRefusedError);
});

test("the latest version that has begun is used", async () => {
  registry.keys.set(2, derived(2));
  const pseudonyms = pseudonymiser();
  const now = await pseudonyms.pseudonym("AB-9999");
  assert.notDeepEqual(await pseudonyms.pseudonyms(["AB-9999"], 1), [now]);
  assert.deepEqual(await pseudonyms.pseudonyms(["AB-9999"], 2), [now]);
  await assert.rejects(pseudonyms.pseudonyms(["AB-9999"], 3), PseudonymError);
  assert.deepEqual(
    (await pseudonyms.keys()).map((key) => key.version),
    [1, 2],
  );
});
