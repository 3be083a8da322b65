import { describe, expect, it } from 'vitest';
import { metadata, result, usage } from '../checks/testing.ts';
import { judgeCapture, type RoutingExpectation } from './judge-capture.ts';
import { openCapture } from './open-capture.ts';
import { chatUrl, collected, har, record, recorders, sourceOf } from './testing.ts';

const { chrome, firefox } = recorders;

async function judged(entries: readonly unknown[], expected: RoutingExpectation = {}) {
  const all = await collected(judgeCapture(await openCapture(sourceOf(har(entries)), {}), expected));
  return all.flatMap((entry) => (entry.kind === 'judged' ? [entry.exchange] : []));
}

/** What was found in answers; the lookups beside them are shorter than real ones. */
async function found(entries: readonly unknown[], expected: RoutingExpectation = {}) {
  return (await judged(entries, expected))
    .filter(({ endpoint }) => endpoint === 'chat')
    .flatMap(({ findings }) => findings.map(({ check, level }) => `${level} ${check}`));
}

function answer(over: Record<string, unknown>, request?: unknown) {
  return chrome({ body: JSON.stringify(result(over)), ...(request !== undefined && { request }) });
}

const wrongRecord = { ...record, body: record.body.replace('"native_tokens_prompt":10', '"native_tokens_prompt":11') };

describe('a generation record in the same capture', () => {
  it.each([
    ['after', [chrome(), firefox(wrongRecord)]],
    ['before', [firefox(wrongRecord), chrome()]],
  ])('is evidence when it stands %s the answer', async (_, entries) => {
    expect(await found(entries)).toEqual(['should ids.record-agrees']);
  });

  it('that agrees, is about another answer or was not there yet is no finding', async () => {
    const tooEarly = { ...record, status: 404, body: '{"error":{"code":404,"message":"Generation not found"}}' };
    expect(await found([chrome(), firefox(record)])).toEqual([]);
    expect(await found([chrome(), firefox({ ...wrongRecord, url: record.url.replace('gen-', 'gen-0') })])).toEqual([]);
    expect(await found([chrome(), firefox(tooEarly), firefox(record)])).toEqual([]);
    expect(await found([chrome(), firefox(tooEarly)])).toEqual([]);
  });
});

it('compares the upstream cost with prices listed in the same capture', async () => {
  const listing = (prompt: string) =>
    chrome({
      method: 'GET',
      url: 'https://openrouter.ai/api/v1/models/qwen/qwen3.6-27b/endpoints',
      body: JSON.stringify({
        data: { endpoints: [{ provider_name: 'Io Net', pricing: { prompt, completion: '0.0000032' } }] },
      }),
    });
  const prices = (prompt: string) => found([listing(prompt), chrome()]);
  expect(await prices('0.0000004')).toEqual([]);
  expect(await prices('0.0000005')).toEqual(['must cost.upstream-is-list-price']);
});

describe('expected routing', () => {
  const expected = { servedBy: 'Io Net', isByok: true };

  it('is met by an answer that says so', async () => {
    expect(await found([chrome()], expected)).toEqual([]);
  });

  it('is missed when another provider served, or another key paid', async () => {
    const other = answer({
      provider: 'DeepInfra',
      openrouter_metadata: undefined,
      usage: { ...usage, is_byok: false },
    });
    expect(await found([other], expected)).toEqual(
      expect.arrayContaining(['must routing.served-by', 'must usage.is-byok-expected']),
    );
  });

  it('is missed when nothing says who served', async () => {
    const silent = answer({ provider: undefined, openrouter_metadata: undefined });
    expect(await found([silent], expected)).toEqual(
      expect.arrayContaining(['must routing.pin-proven-by-metadata', 'must routing.pin-proven-by-record']),
    );
  });

  it('asks for a first attempt where the request pins and all evidence is there', async () => {
    const second = (provider: unknown) =>
      answer({ openrouter_metadata: { ...metadata, attempt: 2 } }, { model: 'qwen/qwen3.6-27b', provider });
    expect(await found([second({ only: ['io-net'] }), firefox(record)], expected)).toEqual([
      'must routing.pin-proven-by-metadata',
    ]);
    expect(await found([second({ order: ['io-net'] }), firefox(record)], expected)).toEqual([]);
    expect(await found([second({ only: ['io-net'] })], expected)).toEqual([]);
  });

  it('is not asked of a failure', async () => {
    const refused = chrome({ status: 401, body: '{"error":{"code":401,"message":"User not found."}}' });
    expect(await judged([refused], expected)).toMatchObject([{ isAnswer: false, findings: [] }]);
  });
});

it('says of an exchange where it stands and what it was, without its query', async () => {
  const [, second] = await judged([
    chrome({ url: 'https://cdn.example.com' }),
    firefox(record),
    chrome({ url: `${chatUrl}?key=abc` }),
  ]);
  expect(second).toMatchObject({
    number: 3,
    at: '2026-11-20T10:00:00.000Z',
    method: 'POST',
    path: '/chat/completions',
    endpoint: 'chat',
    mode: 'json',
    status: 200,
  });
});
