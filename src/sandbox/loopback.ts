import { subscribe } from 'node:diagnostics_channel';
import type { AddressInfo, Server, Socket } from 'node:net';

/** Client sockets of this thread: those being opened, and the open ones by local port. */
const opening = new Set<Socket>();
const open = new Map<number, Socket>();
let following = false;

/** Node names every outgoing socket here, whichever client made it: https://nodejs.org/api/diagnostics_channel.html#net */
function followClients(): void {
  if (following) return;
  following = true;
  subscribe('net.client.socket', (message) => {
    const { socket } = message as { socket: Socket };
    opening.add(socket);
    socket.once('connect', () => {
      opening.delete(socket);
      const { localPort } = socket;
      if (localPort === undefined) return;
      open.set(localPort, socket);
      socket.once('close', () => {
        if (open.get(localPort) === socket) open.delete(localPort);
      });
    });
    socket.once('close', () => opening.delete(socket));
  });
}

interface Connection {
  server: Socket;
  /** Unknown while the client has not noticed that it is connected, and for clients of other processes. */
  client: Socket | undefined;
}

/**
 * Knows whether anything is under way between the watched servers and the clients of this thread: bytes that one end wrote
 * and the other has not read, connections that only one end knows of. Both ends live here, so this is counting, not guessing.
 */
export class Loopback {
  readonly #ports = new Set<number>();
  readonly #connections = new Map<number, Connection>();

  constructor() {
    followClients();
  }

  /** Counts what goes through `server`, which must be listening. */
  watch(server: Server): void {
    const { port } = server.address() as AddressInfo;
    this.#ports.add(port);
    server.once('close', () => this.#ports.delete(port));
    server.on('connection', (socket: Socket) => {
      if (socket.remotePort !== undefined) {
        this.#connections.set(socket.remotePort, { server: socket, client: undefined });
      }
    });
  }

  /** `moved` changes whenever something was sent, received, opened or closed. */
  look(): { underway: boolean; moved: number } {
    let underway = opening.size > 0;
    let moved = this.#connections.size;
    for (const [port, connection] of this.#connections) {
      const { server } = connection;
      const client = (connection.client ??= open.get(port));
      if (server.destroyed && (client === undefined || client.destroyed)) {
        this.#connections.delete(port);
        moved += 1;
        continue;
      }
      moved += server.bytesRead + server.bytesWritten;
      if (client === undefined) continue;
      moved += client.bytesRead + client.bytesWritten;
      underway ||=
        client.destroyed !== server.destroyed ||
        client.bytesWritten !== server.bytesRead ||
        server.bytesWritten !== client.bytesRead;
    }
    for (const [port, client] of open) {
      const { remotePort } = client;
      if (remotePort !== undefined && this.#ports.has(remotePort) && !this.#connections.has(port)) underway = true;
    }
    return { underway, moved };
  }
}
