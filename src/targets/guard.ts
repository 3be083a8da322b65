import dgram from 'node:dgram';
import http2 from 'node:http2';
import { type LookupFunction, Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { HarnessError } from '../errors.ts';

type Method = (this: object, ...args: unknown[]) => unknown;

interface Patch {
  owner: object;
  name: string;
  replacement: (original: Method) => Method;
}

let closedBy = 0;
let restore: () => void = () => {};

/**
 * Refuses every connection, and every write to one that is open, in this thread: whatever uses node:net below (node:http,
 * node:https, tls, every undici, global fetch, cold or with warm sockets), HTTP/2 and UDP. Servers cannot answer either.
 *
 * Callers meet a HarnessError E_NETWORK that names the address. Pipes without an address, such as standard output, stay open.
 */
export function closeSockets(): { release(): void } {
  if (closedBy++ === 0) restore = install();
  let released = false;
  return {
    release() {
      if (released) return;
      released = true;
      if (--closedBy === 0) restore();
    },
  };
}

// Every client library keeps its own references to `connect` and `request` functions; all of them end up in these methods.
const patches = (): Patch[] => [
  {
    owner: Socket.prototype,
    name: 'connect',
    // Fails as an unknown host would, so that every client finds its socket in a state it can cope with.
    replacement: (connect) =>
      function (this: object, ...args) {
        const error = refusal(addressOf(args));
        const lookup: LookupFunction = (_host, _options, found) => found(error, '');
        return connect.call(this, { host: 'guarded.invalid', port: 1, lookup });
      },
  },
  {
    owner: Socket.prototype,
    // Not in the types: every write of a socket passes here, at once when it is connected, else as soon as it is.
    name: '_writeGeneric',
    replacement: (original) =>
      function (this: object, ...args) {
        const { remoteAddress, remotePort } = this as Socket;
        if (remoteAddress === undefined) return original.apply(this, args);
        const done = args[3] as (error: Error) => void;
        return done(refusal(`${remoteAddress}:${remotePort}`));
      },
  },
  ...(['connect', 'send'] as const).map((name) => ({
    owner: dgram.Socket.prototype,
    name,
    replacement: () =>
      function (this: object, ...args: unknown[]) {
        const error = refusal('a UDP peer');
        const callback = args.findLast((arg) => typeof arg === 'function');
        process.nextTick(() => (callback ? callback(error) : (this as dgram.Socket).emit('error', error)));
      },
  })),
  {
    // An open HTTP/2 session writes below node:net.
    owner: http2ClientPrototype(),
    name: 'request',
    replacement: () =>
      function (this: object) {
        throw refusal('an open HTTP/2 session');
      },
  },
];

function install(): () => void {
  const undo = patches().map(({ owner, name, replacement }) => {
    const descriptor = Object.getOwnPropertyDescriptor(owner, name);
    if (typeof descriptor?.value !== 'function') {
      throw new HarnessError(
        'E_INTERNAL',
        `this Node.js has no method "${name}" to guard; a replay cannot be relied on`,
      );
    }
    Object.defineProperty(owner, name, { ...descriptor, value: replacement(descriptor.value as Method) });
    return () => Object.defineProperty(owner, name, descriptor);
  });
  return () => undo.forEach((step) => step());
}

/** Node exports no class for client sessions. */
function http2ClientPrototype(): object {
  const session = http2.connect('http://nowhere', { createConnection: () => new PassThrough() });
  session.on('error', () => {}).destroy();
  return Object.getPrototypeOf(session) as object;
}

function addressOf(args: unknown[]): string {
  // node:net hands on arguments it has put in order as one array.
  const [first, second] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args;
  if (typeof first !== 'object' || first === null)
    return `${typeof second === 'string' ? second : 'localhost'}:${String(first)}`;
  const { host, port, path } = first as { host?: string; port?: number; path?: string };
  return path ?? `${host ?? 'localhost'}:${port}`;
}

function refusal(address: string): HarnessError {
  return new HarnessError(
    'E_NETWORK',
    `a replay uses no network, but something tried to reach ${address}. Make the call through the session's dispatcher`,
  );
}
