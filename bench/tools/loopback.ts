import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from '../tool.ts';

/** A real server giving one answer, for the tools that have to record before they can replay. */
export async function serving({ contentType, chunks }: Answer, use: (origin: string) => Promise<void>): Promise<void> {
  const server = createServer((incoming, response) => {
    incoming.resume();
    response.writeHead(200, { 'content-type': contentType });
    for (const chunk of chunks) response.write(chunk);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
