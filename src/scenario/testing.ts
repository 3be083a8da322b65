import type { RequestListener } from 'node:http';
import { systemClock } from '../clock.ts';
import { agent, httpServer } from '../exchange/testing.ts';
import type { Session } from '../targets/target.ts';

/** A session with the server at this address, for the running test. Tells how it was closed. */
export function sessionWith(baseUrl: string): Session & { closed: string[] } {
  const closed: string[] = [];
  return {
    baseUrl,
    dispatcher: agent(),
    clock: systemClock,
    label: 'byokc-test',
    credential: async (name) => ({ name, key: name === 'no-key' ? null : `key-${name}` }),
    close: async (outcome) => void closed.push(outcome),
    closed,
  };
}

/** A server that gives these answers in turn, the last for ever. */
export function answering(...answers: [status: number, body: unknown][]): Promise<string> {
  return httpServer(listener(answers));
}

function listener(answers: readonly [status: number, body: unknown][]): RequestListener {
  let asked = 0;
  return (request, response) => {
    request.resume();
    const [status, body] = answers[Math.min(asked++, answers.length - 1)] ?? [500, {}];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}
