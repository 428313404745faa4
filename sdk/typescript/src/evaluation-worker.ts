/** The thread that blinds and unblinds: a batch of 500 takes seconds, in which nobody else would be served. */
import { parentPort } from "node:worker_threads";

import { blindedOf, type Blinding, type Evaluation, outputsOf } from "./voprf.js";

/** What the thread is asked. */
export type Question =
  | { readonly ask: "blind"; readonly inputs: readonly Uint8Array[] }
  | {
      readonly ask: "outputs";
      readonly blindings: readonly Blinding[];
      readonly evaluation: Evaluation;
      readonly publicKey: Uint8Array;
    };

/** What it answers. */
export type Reply = { readonly said: Blinding[] | Uint8Array[] } | { readonly refused: string };

function replyTo(question: Question): Reply {
  try {
    return question.ask === "blind"
      ? { said: question.inputs.map((input) => blindedOf(input)) }
      : { said: outputsOf(question.blindings, question.evaluation, question.publicKey) };
  } catch (error) {
    return { refused: (error as Error).message };
  }
}

parentPort?.on("message", ([number, question]: [number, Question]) => {
  parentPort?.postMessage([number, replyTo(question)]);
});
