/** An upload: any number of rows as one stream of batches. */
import { once } from "node:events";

import type { ClientWritableStream, ServiceError } from "@grpc/grpc-js";

import { fromRpcError } from "./statuses.js";

/** What opens a stream of a generated stub. */
export type Open<Request, Answer> = (
  answered: (error: ServiceError | null, answer: Answer) => void,
) => ClientWritableStream<Request>;

/**
 * Send what `requests` gives as one stream, no faster than the server takes it.
 *
 * What `requests` throws ends the stream, which then counts for nothing, and is thrown.
 */
export async function uploaded<Request, Answer>(
  open: Open<Request, Answer>,
  requests: AsyncIterable<Request>,
): Promise<Answer> {
  let stream!: ClientWritableStream<Request>;
  const answer = new Promise<Answer>((resolve, reject) => {
    stream = open((error, told) => {
      if (error) {
        reject(fromRpcError(error));
      } else {
        resolve(told);
      }
    });
  });
  // A server may answer, or end the stream, before it has been sent everything.
  let ended = false;
  const end = answer.then(
    () => (ended = true),
    () => (ended = true),
  );
  try {
    for await (const request of requests) {
      if (ended) {
        break;
      }
      if (!stream.write(request)) {
        const waiting = new AbortController();
        await Promise.race([once(stream, "drain", { signal: waiting.signal }).catch(() => undefined), end]);
        waiting.abort();
      }
    }
  } catch (error) {
    stream.cancel();
    throw error;
  }
  stream.end();
  return await answer;
}

/** Cut into batches of `size`, each made when it is asked for. */
export async function* cut<T, M>(
  rows: Iterable<T> | AsyncIterable<T>,
  message: (row: T) => M | Promise<M>,
  size: number,
): AsyncGenerator<M[]> {
  let some: M[] = [];
  for await (const row of rows) {
    some.push(await message(row));
    if (some.length === size) {
      yield some;
      some = [];
    }
  }
  if (some.length > 0) {
    yield some;
  }
}
