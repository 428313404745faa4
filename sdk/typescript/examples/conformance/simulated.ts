/** The least a platform has to do: it dispatches nothing but the script's orders. */
import { setTimeout as after } from "node:timers/promises";

import type { ChannelCredentials, Metadata, ServiceError } from "@grpc/grpc-js";
import {
  type Advisory,
  AdvisoryKind,
  type AdvisoryWatch,
  type BatchAnswer,
  bearer,
  Client,
  type Credential,
  type DispatchRow,
  fromRpcError,
  stubOf,
  watchAdvisories,
} from "quzhong";
import { CaseworkServiceClient, ReplyKind, ReplyToNoticeRequest } from "quzhong/api/notify/v1/casework";
import {
  AlertKind,
  GetCaseRequest,
  type GetCaseResponse,
  ListAlertsRequest,
  type ListAlertsResponse,
  NoticeKind,
  NotifyServiceClient,
} from "quzhong/api/notify/v1/notify";
import type { DispatchSystem } from "./play.js";

/** How often it looks whether advice has come, which is at hand, and a warning, which is asked for. */
const GLANCE_MS = 50;
const LOOK_MS = 1_000;

/** Pauses of at most 2 s, as a run is short; for longer than the longest outage that the kit has, ten minutes. */
const RETRY = { maxMs: 2_000, giveUpAfterMs: 900_000 };

export class SimulatedPlatform implements DispatchSystem, AsyncDisposable {
  readonly #client: Client;
  readonly #watch: AdvisoryWatch;
  readonly #followed: Promise<void>;
  /** Advice by finding: the latest replaces the earlier ones. */
  readonly #standing = new Map<string, Advisory>();
  readonly #notify: NotifyServiceClient;
  readonly #casework: CaseworkServiceClient;

  constructor(
    address: string,
    platformId: string,
    private readonly credential: Credential,
    credentials: ChannelCredentials,
  ) {
    // The script's workers are pseudonyms already. In production it is an ObliviousPseudonymiser.
    const pseudonymiser = { pseudonym: (workerId: string) => workerId };
    this.#client = new Client(address, credential, platformId, { pseudonymiser, credentials, lingerMs: 50, retry: RETRY });
    this.#watch = watchAdvisories(address, credential, { credentials, retry: RETRY });
    this.#notify = stubOf(NotifyServiceClient, address, credentials);
    this.#casework = stubOf(CaseworkServiceClient, address, credentials);
    this.#followed = this.#follow();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.close();
    this.#watch.close();
    this.#notify.close();
    this.#casework.close();
    await this.#followed;
  }

  send(events: DispatchRow[]): Promise<BatchAnswer> {
    return this.#client.submitDispatches(events);
  }

  happened(event: DispatchRow): Promise<void> {
    return this.#client.addDispatch(event);
  }

  settled(): Promise<void> {
    return this.#client.flush();
  }

  /**
   * Until the end; an error, which nobody handles, ends the process. Who restarts keeps the `resumeToken` beside what it has
   * acted upon.
   */
  async #follow(): Promise<void> {
    for await (const { advisory } of this.#watch) {
      this.#standing.set(advisory.findingId, advisory);
    }
  }

  async adviceCame(workerId: string, kind: AdvisoryKind, within: AbortSignal): Promise<void> {
    while (!within.aborted && !this.#of(workerId).some((advice) => advice.kind === kind)) {
      await after(GLANCE_MS);
    }
  }

  assigned(candidates: string[]): string | undefined {
    return candidates.find((workerId) => !this.#of(workerId).some(holds));
  }

  #of(workerId: string): Advisory[] {
    return [...this.#standing.values()].filter((advice) => advice.workerId === workerId);
  }

  async warningAcknowledged(within: AbortSignal): Promise<void> {
    const token = typeof this.credential === "string" ? this.credential : await this.credential.token();
    const called = bearer(token);
    const asked = ListAlertsRequest.fromPartial({ filter: { casesOnly: true } });
    for (; !within.aborted; await after(LOOK_MS)) {
      const { alerts } = await answered<ListAlertsResponse>((done) => this.#notify.listAlerts(asked, called, done));
      const warned = alerts.find((alert) => alert.kind === AlertKind.WARNING_SENT);
      if (warned !== undefined) {
        return this.#acknowledge(warned.caseId, called);
      }
    }
  }

  /** Read the case, which has the letter in it, and reply. */
  async #acknowledge(caseId: string, called: Metadata): Promise<void> {
    const asked = GetCaseRequest.fromPartial({ caseId });
    const { notices } = await answered<GetCaseResponse>((done) => this.#notify.getCase(asked, called, done));
    for (const { noticeId } of notices.filter((notice) => notice.kind === NoticeKind.WARNING)) {
      const reply = ReplyToNoticeRequest.fromPartial({
        requestId: `acknowledge-${noticeId}`,
        noticeId,
        kind: ReplyKind.ACKNOWLEDGEMENT,
        text: "已收悉。Received.",
      });
      await answered((done) => this.#casework.replyToNotice(reply, called, done));
    }
  }
}

/** What a method of a generated stub answers. */
function answered<Answer>(call: (done: (error: ServiceError | null, answer: Answer) => void) => unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    call((error, answer) => (error ? reject(fromRpcError(error)) : resolve(answer)));
  });
}

/** Whether a worker is given no further order under this advice. */
function holds({ kind, noPushEnd }: Advisory): boolean {
  if (kind === AdvisoryKind.NO_PUSH && noPushEnd !== undefined) {
    return Date.now() < noPushEnd.getTime();
  }
  return kind === AdvisoryKind.NO_PUSH || kind === AdvisoryKind.LIMIT_REACHED;
}
