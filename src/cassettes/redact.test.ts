import { expect, test } from 'vitest';
import { HarnessError } from '../errors.ts';
import { ionet } from '../provider.ts';
import { redactor } from './redact.ts';
import { refuseSecrets } from './refuse-secrets.ts';
import { answered, cassetteOf, chat, chunksOf } from './testing.ts';
import { toRecording } from './wire.ts';

const openRouterKey = `sk-or-v1-${'0123456789abcdef'.repeat(4)}`;
const redact = redactor(new Map([['customer', openRouterKey]]), ionet.keyPattern);

test('a secret known by name becomes its name, wherever it stands', () => {
  expect(redact.value({ key: openRouterKey, [openRouterKey]: [`Bearer ${openRouterKey}`] })).toEqual({
    key: '{customer}',
    '{customer}': ['Bearer {customer}'],
  });
});

test('a secret that begins with another one is replaced whole', () => {
  const both = new Map([
    ['short', 'abcdefgh'],
    ['long', 'abcdefghij'],
  ]);
  expect(redactor(both, ionet.keyPattern).text('abcdefghij abcdefgh')).toBe('{long} {short}');
});

test.for([
  ['an OpenRouter key', `sk-or-v1-${'f'.repeat(64)}`],
  ['a key of the provider', `io-v2-${'eyJhbGciOi.J9-_'.repeat(3)}`],
  ['a bearer token', 'Bearer abc123def456ghi789'],
  ['a JSON web token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N'],
  ['a user id', 'user_2dHFtVWx2n56w6HkM0aaaaaaaaa'],
  ['an organisation id', 'org_2dHFtVWx2n56w6HkM0aaaaaaaaa'],
] as const)('%s is replaced, by the same placeholder each time', ([, secret]) => {
  const text = redact.text(`before "${secret}", after`);
  expect(text).toMatch(/^before "\{(key|token|account)-[0-9a-f]{8}\}", after$/);
  expect(redact.text(`before "${secret}", after`)).toBe(text);
  expect(redact.remains(secret)).toBeDefined();
  expect(redact.remains(text)).toBeUndefined();
});

test.for([
  'sk-or-v1-0e6...1c96',
  'Bearer authentication required',
  'the task-force-of-twenty-and-more-letters',
  'user_id',
  '"data: [DONE]"',
  'io-net',
])('%s is left as it is', (text) => {
  expect(redact.text(text)).toBe(text);
});

test('bytes that are no text keep every byte that is no secret', () => {
  const bytes = Buffer.concat([Buffer.from([0xf0, 0x9f]), Buffer.from(openRouterKey), Buffer.from([0x9a, 0xff])]);
  expect(Buffer.from(redact.bytes(bytes)).toString('hex')).toBe(`f09f${Buffer.from('{customer}').toString('hex')}9aff`);
});

test('a recorded exchange keeps neither keys nor cookies nor what belongs to the connection', () => {
  const exchange = answered(chunksOf(`{"label":"${openRouterKey}"}`), {
    call: {
      ...chat,
      path: `/keys/${openRouterKey}`,
      headers: { ...chat.headers, cookie: 'a=b', 'x-openrouter-title': openRouterKey },
    },
    end: { how: 'reset', code: 'ECONNRESET', at: 40, message: 'read ECONNRESET 127.0.0.1:54321' },
  });
  Object.assign(exchange.response?.headers ?? {}, {
    'set-cookie': '__cf_bm=abc',
    date: 'now',
    connection: 'close',
    'cf-ray': 'a1-FRA',
  });
  expect(toRecording(exchange, 'customer', redact)).toEqual({
    credential: 'customer',
    request: {
      method: 'POST',
      path: '/keys/{customer}',
      headers: { 'content-type': 'application/json', 'x-openrouter-title': '{customer}' },
      body: chat.body,
    },
    response: {
      status: 200,
      headers: { 'cf-ray': 'a1-FRA', 'content-type': 'text/event-stream', 'set-cookie': '{cookie}' },
      headersAt: 2,
    },
    chunks: [{ at: 4, json: { label: '{customer}' } }],
    end: { how: 'reset', code: 'ECONNRESET', at: 40, message: 'read ECONNRESET 127.0.0.1:{port}' },
  });
});

test('a cassette is refused when a key is spread over two chunks, without showing it', () => {
  const cassette = cassetteOf([
    answered(chunksOf(`data: ${openRouterKey.slice(0, 20)}`, `${openRouterKey.slice(20)}\n\n`)),
  ]);
  const attempt = () => refuseSecrets(cassette, redact);
  expect(attempt).toThrow(HarnessError);
  expect(attempt).toThrow(/z-ai\/glm-5.2.*body of exchange 1 holds the secret "customer"/);
  expect(attempt).not.toThrow(/0123456789/);
});

test('a cassette is refused when a key stands where nothing was replaced', () => {
  expect(() => refuseSecrets(cassetteOf([], { harnessVersion: openRouterKey }), redact)).toThrow(/its text holds/);
});
