/** Runners of the vectors that need a server. */
import assert from "node:assert/strict";
import { createPublicKey, type JsonWebKey } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { type Server, type ServerWritableStream, status } from "@grpc/grpc-js";
import { jwtVerify } from "jose";

import { ApiError, PrivateKeyJwt, watchAdvisories } from "quzhong";
import type { Json } from "../programs/row-json.js";
import {
  Advisory,
  type WatchAdvisoriesRequest,
  WatchAdvisoriesResponse,
  WorkhoursServiceService,
} from "#internal/api/workhours/v1/workhours";
import { failing, serving } from "./servers.js";
import { codeOf } from "./vectors-values.js";

/** Second 0 of every token case. */
const EPOCH_S = 1_773_619_200;

interface TokenAnswer {
  status: number;
  body: unknown;
  retry_after?: string;
}

interface Step {
  at: number;
  do: "token" | "renews";
  token?: string;
  reason?: string;
  answer?: TokenAnswer | null;
}

export async function runTokens(given: Json): Promise<unknown> {
  let answer: TokenAnswer | null | undefined;
  const forms: URLSearchParams[] = [];
  const endpoint = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (piece: string) => (body += piece));
    request.on("end", () => {
      forms.push(new URLSearchParams(body));
      if (!answer) {
        request.socket.destroy();
        return;
      }
      const headers = answer.retry_after ? { "retry-after": answer.retry_after } : {};
      response.writeHead(answer.status, headers).end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => endpoint.listen(0, "127.0.0.1", resolve));
  const jwk = given["private_jwk"] as JsonWebKey;
  let nowMs = EPOCH_S * 1_000;
  const url = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/oauth/token`;
  const credential = new PrivateKeyJwt(given["client_id"] as string, jwk, url, {
    audience: given["audience"] as string,
    giveUpAfterMs: (given["give_up_after_s"] as number) * 1_000,
    clock: () => nowMs,
  });
  const steps: unknown[] = [];
  for (const step of given["steps"] as Step[]) {
    nowMs = (EPOCH_S + step.at) * 1_000;
    if (step.do === "renews") {
      const failure = new ApiError(status.UNAUTHENTICATED, "ended", { reason: step.reason! });
      steps.push({ renews: credential.renews(failure, step.token!) });
      continue;
    }
    answer = step.answer;
    const before = forms.length;
    let said: Json;
    try {
      said = { token: await credential.token() };
    } catch (error) {
      assert(error instanceof ApiError);
      said = { error: error.name, reason: error.reason, retry_after_s: error.retryAfterMs / 1_000 };
    }
    steps.push({ ...said, asked: forms.length > before });
  }
  endpoint.close();
  return { steps, assertion: await assertionSent(forms[0]!, jwk) };
}

/** What the endpoint was sent, its signature verified. */
async function assertionSent(form: URLSearchParams, jwk: JsonWebKey): Promise<unknown> {
  const { client_assertion: assertion, ...rest } = Object.fromEntries(form);
  const { d: _, ...public_ } = jwk;
  const { payload, protectedHeader } = await jwtVerify(assertion!, createPublicKey({ key: public_, format: "jwk" }), {
    currentDate: new Date(EPOCH_S * 1_000),
  });
  const { jti, ...claims } = payload;
  return { alg: protectedHeader.alg, claims, jti_bytes_at_least_16: (jti ?? "").length >= 22, form: rest };
}

interface Stream {
  messages: number;
  ends: string;
}

export async function runWatch(given: Json): Promise<unknown> {
  const streams = given["streams"] as Stream[];
  const asked: string[] = [];
  const served = await serving((server: Server) => {
    server.addService(WorkhoursServiceService, {
      watchAdvisories: (call: ServerWritableStream<WatchAdvisoriesRequest, WatchAdvisoriesResponse>) => {
        const { messages, ends } = streams[asked.length]!;
        const token = call.request.resumeToken;
        asked.push(token);
        for (let number = Number(token) + 1; number <= Number(token) + messages; number++) {
          const advisory = Advisory.create({ advisoryId: `advice-${number}` });
          call.write(WatchAdvisoriesResponse.create({ advisory, resumeToken: String(number) }));
        }
        if (ends === "OK") {
          call.end();
        } else {
          call.emit("error", failing(codeOf(ends)));
        }
      },
    });
  });
  const watch = watchAdvisories(served.address, "a token", {
    resumeToken: given["resume_token"] as string,
    pacing: { now: () => 0, uniform: () => 0 },
  });
  const most = streams.reduce((sum, stream) => sum + stream.messages, 0);
  const givenOut: string[] = [];
  let ended: string | null = null;
  try {
    while (givenOut.length < most) {
      const { value } = await watch.next();
      givenOut.push(value!.advisory.advisoryId);
    }
  } catch (error) {
    assert(error instanceof ApiError);
    ended = error.name;
  }
  const resumeToken = watch.resumeToken;
  watch.close();
  assert.deepEqual(await watch.next(), { done: true, value: undefined });
  served.stop();
  return { given_out: givenOut, asked_with: asked, resume_token: resumeToken, error: ended };
}
