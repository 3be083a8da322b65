import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { agent, httpServer } from '../exchange/testing.ts';
import { arrangedSession, type ArrangedSessionOptions } from './arranged-session.ts';
import type { Arrange } from './world.ts';

/** A session with a management API that makes whatever it is asked for, and deletes it unless told to refuse. */
async function opened(
  arrange: Arrange,
  { refuses = '', ...over }: { refuses?: string } & Partial<ArrangedSessionOptions> = {},
) {
  const calls: string[] = [];
  const asked: IncomingHttpHeaders[] = [];
  let released = 0;
  let made = 0;
  const answer = ({ method = '', url = '' }: IncomingMessage): [number, unknown] => {
    if (method === 'DELETE') return [url === refuses ? 500 : 200, {}];
    if (method !== 'POST') return [200, { data: {} }];
    made += 1;
    return [201, { data: url === '/keys' ? { hash: `hash${made}` } : { id: `id${made}` } }];
  };
  const baseUrl = await httpServer((request, response) => {
    request.resume();
    calls.push(`${request.method} ${request.url}`);
    asked.push(request.headers);
    const [status, body] = answer(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const session = arrangedSession({
    baseUrl,
    dispatcher: agent(),
    clock: systemClock,
    model: 'a/one',
    customerKey: 'customer',
    managementKey: 'management',
    providerKeys: {},
    sandbox: false,
    mayBurden: false,
    label: 'byokc',
    arrange,
    release: async () => void (released += 1),
    ...over,
  });
  return { session, calls, asked, released: () => released };
}

const makesThree: Arrange = async (_given, world) => {
  await world.manage('POST', '/workspaces', { name: world.name('workspace') });
  await world.manage('POST', '/keys', { name: world.name('key') });
  await world.manage('POST', '/byok', {});
  await world.manage('PATCH', '/byok/id3', {});
  return 'key';
};

it('deletes what was made, last first, each by what it is addressed with', async () => {
  const { session, calls, released } = await opened(makesThree);
  await session.credential('any');
  calls.length = 0;
  await session.close('done');
  expect(calls).toEqual(['DELETE /byok/id3', 'DELETE /keys/hash2', 'DELETE /workspaces/id1']);
  expect(released()).toBe(1);
});

it('deletes as much after a failure, also of a state that was only half made', async () => {
  const { session, calls, released } = await opened(async (given, world) => {
    await makesThree(given, world);
    throw new Error('half way');
  });
  await expect(session.credential('any')).rejects.toThrow('half way');
  await session.close('failed');
  expect(calls.filter((call) => call.startsWith('DELETE'))).toHaveLength(3);
  expect(released()).toBe(1);
});

it('names what it could not delete, once everything else is deleted and released', async () => {
  const { session, calls, released } = await opened(makesThree, { refuses: '/keys/hash2' });
  await session.credential('any');
  await expect(session.close('done')).rejects.toThrow('Could not be deleted, please do it by hand: /keys/hash2');
  expect(calls.at(-1)).toBe('DELETE /workspaces/id1');
  expect(released()).toBe(1);
});

it('tells whoever keeps the report instead, if anybody does: the case itself ended well', async () => {
  const left: unknown[] = [];
  const { session, released } = await opened(makesThree, { refuses: '/byok/id3', onLeft: (one) => left.push(one) });
  await session.credential('any');
  await session.close('done');
  expect(left).toEqual([{ path: '/byok/id3', why: 'DELETE /byok/id3 was expected to succeed, but: 500 {}' }]);
  expect(released()).toBe(1);
});

it('gives each thing a name that says who made it', async () => {
  const names: string[] = [];
  const { session } = await opened(async (_given, world) => {
    names.push(world.name('key'), world.name('key'));
    return null;
  });
  await session.credential('any');
  expect(names).toEqual(['byokc-key-1', 'byokc-key-2']);
});

it('asks for metadata and against cached answers in its probes too, and says who asks', async () => {
  const { session, asked } = await opened(async (_given, world) => {
    await world.probe('key', []);
    return 'key';
  });
  await session.credential('any');
  expect(asked.at(-1)).toMatchObject({
    authorization: 'Bearer key',
    'user-agent': expect.stringMatching(/^byok-conformance\/\d/),
    'x-openrouter-title': expect.stringMatching(/^byok-conformance\/\d/),
    'x-openrouter-metadata': 'enabled',
    'x-openrouter-cache': 'false',
  });
});

it('says what a management call came to when it is refused', async () => {
  const { session } = await opened((_given, world) => world.manage('DELETE', '/byok/9').then(() => null), {
    refuses: '/byok/9',
  });
  await expect(session.credential('any')).rejects.toMatchObject({
    code: 'E_NETWORK',
    message: 'DELETE /byok/9 was expected to succeed, but: 500 {}',
  });
});
