/** `voprf.ts` in a thread of its own, started with the first question; it keeps no process alive. */
import { Worker } from "node:worker_threads";

import type { Question, Reply } from "./evaluation-worker.js";
import type { Blinding, Evaluation } from "./voprf.js";

interface Waiting {
  resolve(said: Blinding[] | Uint8Array[]): void;
  reject(error: Error): void;
}

/** What came back was not evaluated with the key of the public key, or was changed on the way. */
export class ProofError extends Error {}

export class EvaluationThread {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #last = 0;

  async blinded(inputs: readonly Uint8Array[]): Promise<Blinding[]> {
    return (await this.#asked({ ask: "blind", inputs })) as Blinding[];
  }

  /** 64 bytes each. Throws a ProofError. */
  async outputs(
    blindings: readonly Blinding[],
    evaluation: Evaluation,
    publicKey: Uint8Array,
  ): Promise<Uint8Array[]> {
    return (await this.#asked({ ask: "outputs", blindings, evaluation, publicKey })) as Uint8Array[];
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #asked(question: Question): Promise<Blinding[] | Uint8Array[]> {
    return new Promise((resolve, reject) => {
      this.#last += 1;
      this.#waiting.set(this.#last, { resolve, reject });
      this.#worker ??= this.#started();
      this.#worker.ref(); // until it has answered
      this.#worker.postMessage([this.#last, question]);
    });
  }

  #started(): Worker {
    const worker = new Worker(new URL("./evaluation-worker.js", import.meta.url));
    worker.on("message", ([number, reply]: [number, Reply]) => {
      const waiting = this.#waiting.get(number);
      this.#waiting.delete(number);
      if (this.#waiting.size === 0) {
        worker.unref();
      }
      if ("refused" in reply) {
        waiting?.reject(new ProofError(reply.refused));
      } else {
        waiting?.resolve(reply.said);
      }
    });
    const ended = (error: Error) => {
      this.#worker = undefined;
      for (const waiting of this.#waiting.values()) {
        waiting.reject(error);
      }
      this.#waiting.clear();
    };
    worker.on("error", ended);
    worker.on("exit", () => {
      ended(new Error("the thread that makes pseudonyms has ended"));
    });
    return worker;
  }
}
