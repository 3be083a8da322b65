import { expect, it } from 'vitest';
import type { WireExchange } from '../exchange/exchange.ts';
import { keepOut, masked, secretsOf } from './secrets.ts';

const key = `sk-or-v1-${'0a1b2c3d'.repeat(8)}`;

function wire(over: Partial<WireExchange> = {}, ...pieces: string[]): WireExchange {
  return {
    call: { method: 'POST', path: '/chat/completions', headers: {} },
    response: { status: 200, headers: {}, headersAt: 0 },
    chunks: pieces.map((piece) => ({ at: 0, bytes: Buffer.from(piece) })),
    end: { how: 'complete', at: 0 },
    ...over,
  };
}

it.each([
  ['an OpenRouter key', key, /sk-or-v1-0{64}/],
  ['a key of the provider', `io-v2-${'eyJhbGciOi'.repeat(4)}`, /io-v2-0{40}/],
  ['a bearer token', 'Bearer abcdefgh12345678ijkl', /Bearer 0{20}/],
  ['an account id', 'user_2dHFtVWx2n56w6HkM0aaaaaaaaa', /user_0{27}/],
])('blots out %s, in the same length and shape', (_, secret, shape) => {
  const text = `{"ü":"${secret}"}`;
  const [chunk] = masked(wire({}, text)).chunks;
  const blotted = Buffer.from(chunk?.bytes ?? []).toString();
  expect(blotted).toMatch(shape);
  expect(blotted).toHaveLength(text.length);
});

it('blots out a secret that a chunk border goes through, and leaves the border', () => {
  const { chunks } = masked(wire({}, `data: ${key.slice(0, 20)}`, `${key.slice(20)}\n\n`));
  expect(chunks.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([
    `data: sk-or-v1-${'0'.repeat(11)}`,
    `${'0'.repeat(53)}\n\n`,
  ]);
});

it('finds secrets by the names of headers, parameters and fields', () => {
  const found = secretsOf(
    wire(
      {
        call: {
          method: 'POST',
          path: '/key?api_key=query-secret&id=gen-1',
          headers: {
            authorization: 'Basic basic-secret',
            cookie: 'a=cookie-secret; b=x',
            'x-api-key': 'header-secret',
            accept: '*/*',
          },
          body: { user: 'someone@example.com', key: 'provider-secret', messages: [{ content: 'hello there' }] },
        },
        response: { status: 200, headers: { 'set-cookie': '__session=set-secret; Path=/' }, headersAt: 0 },
      },
      '{"user_id":"account-secret","metadata":{"raw":"{\\"org_id\\": \\"nested-secret\\"}"},"id":"gen-1790000000"}',
      'data: {"creator_user_id":"stream-secret"}\n\n',
    ),
  );
  expect(found).toEqual(
    expect.arrayContaining(
      ['query', 'basic', 'cookie', 'header', 'provider', 'set', 'account', 'nested', 'stream'].map(
        (name) => `${name}-secret`,
      ),
    ),
  );
  expect(found).toContain('someone@example.com');
  expect(found.join()).not.toMatch(/gen-1|hello there/);
});

it('keeps secrets out however they are written', () => {
  const clean = keepOut(['pass"phrase/with a blank', 'opaque-session-1']);
  expect(clean('was pass"phrase/with a blank')).toBe('was {secret-1}');
  expect(clean('?k=pass%22phrase%2Fwith%20a%20blank')).not.toContain('phrase');
  expect(clean(JSON.stringify('pass"phrase/with a blank'))).not.toContain('phrase');
  expect(clean(`was ${key}`)).not.toContain('0a1b');
});

it('keeps out the beginning of a secret where the text was cut', () => {
  const clean = keepOut(['opaque-session-1']);
  expect(clean('"opaque-sess…')).toBe('"{secret}…');
  expect(clean('"opaq...')).toBe('"{secret}...');
  expect(clean('"opaque-other...')).toBe('"opaque-other...');
});

it('takes a path and a query for what they are, however odd', () => {
  for (const path of ['', '//', '/%zz?%zz=%zz', '/key??token=odd-secret']) {
    expect(() => secretsOf(wire({ call: { method: 'GET', path, headers: { cookie: '%zz; =' } } }))).not.toThrow();
  }
});
