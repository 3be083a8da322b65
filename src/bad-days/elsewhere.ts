import { createServer as createTcpServer, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { AddressInfo } from 'node:net';

type Elsewhere = Promise<{ url: string; close(): Promise<void> }>;

const path = '/api/v1';

/** A host that no name server knows: https://www.rfc-editor.org/rfc/rfc2606#section-2 */
export async function unknownHost(): Elsewhere {
  return { url: `https://openrouter.invalid${path}`, close: async () => {} };
}

/** A port at which nobody listens any more. */
export async function closedPort(): Elsewhere {
  const server = createTcpServer();
  const port = await listen(server);
  await close(server);
  return { url: `http://127.0.0.1:${port}${path}`, close: async () => {} };
}

/** A server that has no certificate to show, so that every handshake fails. */
export async function brokenTls(): Elsewhere {
  const server = createTlsServer({});
  const port = await listen(server);
  return { url: `https://127.0.0.1:${port}${path}`, close: () => close(server) };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
