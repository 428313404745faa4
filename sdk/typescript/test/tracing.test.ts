import assert from "node:assert/strict";
import { test } from "node:test";

import { context, createContextKey, propagation } from "@opentelemetry/api";

import { Client } from "quzhong";
import { message } from "./rows.js";
import { ScriptedIntake } from "./scripted-intake.js";

const TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

test("the trace of whoever adds goes along, baggage stays", async () => {
  const key = createContextKey("seen");
  propagation.setGlobalPropagator({
    inject: (told, carrier, setter) => {
      assert.equal(told.getValue(key), context.active().getValue(key));
      setter.set(carrier, "traceparent", TRACEPARENT);
      setter.set(carrier, "baggage", "who=rider");
    },
    extract: (told) => told,
    fields: () => ["traceparent", "baggage"],
  });
  const intake = new ScriptedIntake();
  const served = await intake.serve();
  const client = new Client(served.address, "a token", "platform-a");
  await client.addDispatch(message("added"));
  await client.submitDispatches([message("submitted")]);
  await client.close();
  served.stop();
  propagation.disable();
  const told = intake.metadata.map((metadata) => [metadata.get("traceparent"), metadata.get("baggage")]);
  assert.deepEqual(told, [
    [[TRACEPARENT], []],
    [[TRACEPARENT], []],
  ]);
});
