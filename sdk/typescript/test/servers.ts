/** Servers of the tests. */
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

import { Metadata, Server, ServerCredentials, type ServiceError, status } from "@grpc/grpc-js";

import { setLogger } from "quzhong";
import { RetryInfo } from "#internal/api/google/rpc/error_details";
import { Status } from "#internal/api/google/rpc/status";
import { MOST_BYTES } from "#internal/channel";

setLogger({ warn: () => undefined }); // every wait is told, and tests wait a lot

export interface Served {
  readonly address: string;
  /** As a machine dies. */
  stop(): void;
}

/**
 * Serve on a free port of this machine, or again on the one given.
 *
 * Behind a relay whose connections are cut when it stops: a server of this library that stops cancels its calls, which a
 * machine that dies does not.
 */
export async function serving(register: (server: Server) => void, address = "127.0.0.1:0"): Promise<Served> {
  const server = new Server({ "grpc.max_receive_message_length": MOST_BYTES });
  register(server);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error) {
        reject(error);
      } else {
        resolve(bound);
      }
    });
  });
  const open = new Set<Socket>();
  const relay = createServer((socket) => {
    const beyond = connect(port, "127.0.0.1");
    for (const end of [socket, beyond]) {
      open.add(end);
      end.setNoDelay(true);
      end.on("error", () => undefined);
      end.on("close", () => {
        open.delete(end);
        socket.destroy();
        beyond.destroy();
      });
    }
    socket.pipe(beyond).pipe(socket);
  });
  await new Promise<void>((resolve) => relay.listen(Number(address.split(":")[1]), "127.0.0.1", resolve));
  const stop = () => {
    relay.close();
    for (const socket of open) {
      socket.destroy();
    }
    server.forceShutdown();
  };
  return { address: `127.0.0.1:${(relay.address() as AddressInfo).port}`, stop };
}

/** What a server fails with. */
export function failing(code: status, retryAfterMs = 0): Partial<ServiceError> {
  const details = "scripted";
  const metadata = new Metadata();
  if (retryAfterMs > 0) {
    const retryDelay = { seconds: Math.floor(retryAfterMs / 1_000), nanos: (retryAfterMs % 1_000) * 1_000_000 };
    const info = RetryInfo.encode({ retryDelay }).finish();
    const detail = { typeUrl: "type.googleapis.com/google.rpc.RetryInfo", value: Buffer.from(info) };
    const told = Status.encode({ code, message: details, details: [detail] }).finish();
    metadata.set("grpc-status-details-bin", Buffer.from(told));
  }
  return { code, details, metadata };
}
