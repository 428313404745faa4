/** A server that keeps what it accepted by request id, as the service does; rows named bad… are rejected. */
import type { Metadata, sendUnaryData, Server, ServerReadableStream, ServerUnaryCall, ServiceError } from "@grpc/grpc-js";

import {
  BatchAnswer,
  IntakeServiceService,
  type SubmitDispatchesRequest,
  type SubmitDispatchesResponse,
  type UploadDispatchesRequest,
  type UploadDispatchesResponse,
  UploadAnswer,
} from "#internal/api/intake/v1/intake";
import { type Served, serving } from "./servers.js";

type Failure = Partial<ServiceError>;

export class ScriptedIntake {
  /** What the next calls fail with, before they have any effect. */
  script: Failure[] = [];
  /** What a call fails with once it had its effect: the answer is lost on the way. */
  after: Failure | undefined;
  /** Calls wait until it is done. */
  hold: Promise<void> | undefined;
  readonly answers = new Map<string, BatchAnswer>();
  readonly accepted: string[] = [];
  readonly metadata: Metadata[] = [];
  calls = 0;

  readonly register = (server: Server): void => {
    const unserved = (_call: unknown, callback: sendUnaryData<never>) => {
      callback({ code: 12, details: "not scripted" });
    };
    server.addService(IntakeServiceService, {
      submitDispatches: this.#submit,
      uploadDispatches: this.#upload,
      submitWorkSessions: unserved,
      uploadWorkSessions: unserved,
      readWorkerEvents: unserved,
    });
  };

  serve(address?: string): Promise<Served> {
    return serving(this.register, address);
  }

  get eventIds(): string[] {
    return this.accepted.toSorted();
  }

  readonly #submit = async (
    call: ServerUnaryCall<SubmitDispatchesRequest, SubmitDispatchesResponse>,
    callback: sendUnaryData<SubmitDispatchesResponse>,
  ): Promise<void> => {
    this.metadata.push(call.metadata);
    await this.hold;
    const told = this.#answered(call.request);
    if ("code" in told) {
      callback(told);
    } else {
      callback(null, { answer: told as BatchAnswer });
    }
  };

  readonly #upload = (
    call: ServerReadableStream<UploadDispatchesRequest, UploadDispatchesResponse>,
    callback: sendUnaryData<UploadDispatchesResponse>,
  ): void => {
    const total = UploadAnswer.create();
    call.on("data", ({ batch }: UploadDispatchesRequest) => {
      const told = this.#answered(batch!);
      if ("code" in told) {
        callback(told);
        call.destroy();
        return;
      }
      const { accepted, rejections } = told as BatchAnswer;
      total.accepted += accepted;
      total.rejected += rejections.length;
      total.rejections.push(...rejections.map((rejection) => ({ requestId: batch!.requestId, rejection })));
    });
    call.on("end", () => {
      callback(null, { answer: total });
    });
  };

  #answered(request: SubmitDispatchesRequest): BatchAnswer | Failure {
    this.calls += 1;
    const failure = this.script.shift();
    if (failure !== undefined) {
      return failure;
    }
    let answer = this.answers.get(request.requestId);
    if (answer === undefined) {
      answer = BatchAnswer.create();
      for (const [row, { eventId }] of request.dispatches.entries()) {
        if (eventId.startsWith("bad")) {
          answer.rejected += 1;
          const texts = { message: "no such area", messageZh: "无此地区" };
          answer.rejections.push({ row, field: "area_code", reason: "AREA_UNKNOWN", ...texts });
        } else {
          answer.accepted += 1;
          this.accepted.push(eventId);
        }
      }
      this.answers.set(request.requestId, answer);
    }
    const lost = this.after;
    this.after = undefined;
    return lost ?? answer;
  }
}
