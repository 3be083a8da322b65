import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { har, recorders } from '../../captured/testing.ts';
import { result, usage } from '../../checks/testing.ts';
import { paintWith } from '../../report/paint.ts';
import { junitCases } from '../testing.ts';
import type { CheckReport } from './check-report.ts';
import { githubReport } from './github.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import { foreign, knownCapture, knownFile, reportOn, sound, wrongTotal } from './testing.ts';
import { textReport } from './text.ts';

const now = new Date('2026-11-23T12:00:00Z');
const junit = (report: CheckReport) => junitReport(report, now);
const text = (report: CheckReport) => textReport(report, paintWith(false));
const formats = { text, json: jsonReport, junit, github: githubReport };

/** A model's name, as a server may send it, and what it turns up in: a finding that quotes it. */
const quoting = (value: unknown) => recorders.chrome({ body: JSON.stringify(result({ object: value })) });
const hostile = '\u001b[31m]]>\u0000<b>&"\n::error::mine\r\nnext%0A\ud800';

describe('for people', () => {
  it('names file, entry, time and exchange, what was found and what it comes to', async () => {
    const report = await reportOn({ 'a.har': har([foreign, wrongTotal]), 'b.har': sound });
    expect(text(report)).toBe(
      [
        'a.har entry 2 POST /chat/completions [json] 200 2026-11-20T10:00:00.000Z',
        '  must     usage.total-is-sum at /usage/total_tokens',
        '           expected 10 + 2',
        '           was      99',
        '',
        '2 exchanges in 2 files: 1 must, 0 should, 0 observed',
        'skipped: 1 of a foreign host (cdn.example.com)',
        'FAILED',
        '',
      ].join('\n'),
    );
  });

  it('puts what must hold first', async () => {
    const both = recorders.chrome({
      body: JSON.stringify(result({ provider: undefined, usage: { ...usage, is_byok: undefined, total_tokens: 99 } })),
    });
    const levels = [...text(await reportOn({ 'a.har': har([both]) })).matchAll(/^ {2}(must|should|observed)/gm)].map(
      ([, level]) => level,
    );
    expect(new Set(levels).size).toBeGreaterThan(1);
    expect(levels).toEqual(['must', 'should', 'observed'].flatMap((level) => levels.filter((one) => one === level)));
  });

  it('says why a finding was expected', async () => {
    expect(text(await reportOn({ [knownFile]: knownCapture }))).toMatch(
      /a known one: .*status 200.*\n\n1 exchange .* 1 must \(1 of them expected/s,
    );
  });
});

describe('as JSON', () => {
  it('has a stable shape', async () => {
    const json = JSON.parse(jsonReport(await reportOn({ 'a.har': har([foreign, wrongTotal]) }))) as unknown;
    expect(json).toEqual({
      format: 1,
      harnessVersion: expect.any(String),
      contractVersion: expect.any(String),
      exitCode: 1,
      counts: { exchanges: 1, must: 1, should: 0, observed: 0, expected: 0 },
      files: [
        {
          file: 'a.har',
          form: 'har',
          exchanges: 1,
          skipped: [{ why: 'of a foreign host', count: 1, hosts: { 'cdn.example.com': 1 } }],
        },
      ],
      exchanges: [
        {
          file: 'a.har',
          number: 2,
          at: '2026-11-20T10:00:00.000Z',
          method: 'POST',
          path: '/chat/completions',
          endpoint: 'chat',
          mode: 'json',
          status: 200,
          isAnswer: true,
          findings: [
            {
              check: 'usage.total-is-sum',
              level: 'must',
              expected: '10 + 2',
              actual: '99',
              where: '/usage/total_tokens',
            },
          ],
        },
      ],
      stale: [],
    });
  });
});

describe('as JUnit', () => {
  it('has a case per exchange, with a failure that begins with expected and actual', async () => {
    const cases = junitCases(
      junit(await reportOn({ 'a.har': har([wrongTotal, recorders.chrome()]), 'b.har': har([wrongTotal]) })),
    );
    expect(cases.map(({ name, failure }) => [name, failure?.type])).toEqual([
      ['a.har entry 1 POST /chat/completions [json]', 'usage.total-is-sum'],
      ['a.har entry 2 POST /chat/completions [json]', undefined],
      ['b.har entry 1 POST /chat/completions [json]', 'usage.total-is-sum'],
    ]);
    expect(cases[0]?.failure?.text).toMatch(
      /^expected: 10 \+ 2\nactual: 99\nwhere: \/usage\/total_tokens\ncheck: usage.total-is-sum \(must\)/,
    );
  });

  it('skips a case whose findings were expected, with the reason', async () => {
    const xml = junit(await reportOn({ [knownFile]: knownCapture }));
    expect(xml).toMatch(/<skipped message="The failure came with status 200[^"]*">/);
    expect(xml).not.toContain('<failure');
  });

  it('is never silent about what could not be judged', async () => {
    const broken = junitCases(junit(await reportOn({ 'a.har': '{"log":{' })));
    expect(broken).toMatchObject([
      { name: 'a.har can be read', error: { type: 'E_CONFIG', message: expect.stringContaining('byte 8') } },
    ]);
    const empty = junitCases(junit(await reportOn({ 'a.har': har([]) })));
    expect(empty).toMatchObject([
      { name: 'something to judge', error: { message: expect.stringContaining('nothing to judge') } },
    ]);
    const stale = junitCases(
      junit(await reportOn({ [knownFile]: knownCapture.replace('"status":200', '"status":429') })),
    );
    expect(stale.at(-1)).toMatchObject({ name: 'e42 response.no-in-band-error', failure: { type: 'stale' } });
  });
});

describe('as annotations', () => {
  it('has an error per binding finding, then the counts', async () => {
    const lines = githubReport(await reportOn({ 'a,b:c%.har': har([wrongTotal]) })).split('\n');
    expect(lines[0]).toBe(
      '::error file=a%2Cb%3Ac%25.har,title=usage.total-is-sum::entry 1 POST /chat/completions [json] at /usage/total_tokens: expected 10 + 2, was 99',
    );
    expect(lines[1]).toBe('1 exchange in 1 file: 1 must, 0 should, 0 observed');
  });

  it('are ten at the most, and the last says how many more there are', async () => {
    const annotations = async (findings: number) =>
      githubReport(await reportOn({ 'a.har': har(Array.from({ length: findings }, () => wrongTotal)) }))
        .split('\n')
        .filter((line) => line.startsWith('::'));
    expect(await annotations(10)).toHaveLength(10);
    expect((await annotations(10)).at(-1)).toContain('entry 10');
    const many = await annotations(25);
    expect(many).toHaveLength(10);
    expect(many.at(-1)).toBe('::error title=byok check::16 more, in the output of --format text');
  });

  it('leave out what was expected and what need not hold', async () => {
    expect(githubReport(await reportOn({ [knownFile]: knownCapture }))).not.toContain('::error');
  });

  it('cannot be forged by what a server sent', async () => {
    const lines = githubReport(await reportOn({ 'a.har': har([quoting(hostile)]) })).split('\n');
    expect(lines.filter((line) => line.startsWith('::'))).toHaveLength(1);
    expect(lines.join()).toContain('%250A');
  });
});

it('holds whatever a server sent, in every format', async () => {
  const report = await reportOn({ [`${hostile}.har`]: har([quoting(hostile), quoting('x'.repeat(1_000_000))]) });
  expect(report.exchanges).toHaveLength(2);
  expect(XMLValidator.validate(junit(report))).toBe(true);
  expect(() => new XMLParser().parse(junit(report)) as unknown).not.toThrow();
  expect(JSON.parse(jsonReport(report))).toMatchObject({ counts: { exchanges: 2 } });
  for (const render of [text, junit, githubReport]) {
    // oxlint-disable-next-line no-control-regex -- they are the subject
    expect(render(report)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ud800]/);
  }
});

describe('secrets', () => {
  const key = `sk-or-v1-${'9f8e7d6c'.repeat(8)}`;
  const planted: Record<string, string> = {
    key,
    'key of the provider': `io-v2-${'QWxhZGRpbjpvcGVu'.repeat(3)}`,
    'bearer token': 'opaqueTokenNumber1234567890',
    cookie: 's%3Asession-cookie-value',
    'set cookie': 'clerk-set-cookie-value',
    'cookie in a list': 'cookie-of-the-list',
    'api key': 'header-api-key-value',
    'query parameter': 'query-token-value',
    'account id': 'user_2dHFtVWx2n56w6HkM0bbbbbbbbb',
    'field of an error': 'org-without-any-shape',
    'e-mail address': 'someone@example.com',
    password: 'password-of-the-url',
  };
  const everything = Object.values(planted).join(' ');

  function leaky(): unknown {
    const value = recorders.chrome({
      url: `https://me:${planted['password']}@openrouter.ai/api/v1/chat/completions?token=${planted['query parameter']}&k=${key}`,
      request: {
        model: 'qwen/qwen3.6-27b',
        user: planted['e-mail address'],
        messages: [{ role: 'user', content: everything }],
      },
      requestHeaders: {
        authorization: `Bearer ${planted['bearer token']}`,
        cookie: `__session=${planted['cookie']}`,
        'x-api-key': planted['api key'] ?? '',
      },
      headers: {
        'set-cookie': `__client=${planted['set cookie']}; Path=/`,
        'x-echo': everything,
        'x-generation-id': everything,
      },
      body: JSON.stringify(
        result({
          // Each of these is quoted by a finding.
          object: everything,
          id: everything,
          model: everything,
          provider: everything,
          choices: [
            { index: 0, finish_reason: everything, message: { role: everything, content: 17, tool_calls: everything } },
          ],
          usage: { ...usage, is_byok: everything, cost: everything, prompt_tokens: everything },
          org_id: planted['field of an error'],
          error: {
            code: everything,
            message: everything,
            metadata: { raw: everything, user_id: planted['account id'] },
          },
        }),
      ),
    }) as { request: { cookies: unknown[] } };
    value.request.cookies = [{ name: 'list', value: planted['cookie in a list'] }];
    return value;
  }

  it.each(Object.entries(formats))('never show in %s', async (_, render) => {
    const files = {
      'a.har': har([leaky(), recorders.chrome({ url: `https://${key}.example.com/` })]),
      [`${key}.har`]: `{"log":{"entries":[{"a": ${everything}}]}}`,
      'b.json': `{"a": ${everything}}`,
      // The whole of a short text, and the beginning of a long one.
      'c.json': JSON.stringify({ ...result(), object: `${'x'.repeat(60)}${everything}` }),
      'd.har': har([recorders.chrome({ body: `${everything} is no JSON` })]),
      'e.har': har(Array.from({ length: 90 }, (_, before) => quoting(`${'y'.repeat(before)}${key}`))),
    };
    const shown = render(await reportOn(files, { servedBy: planted['cookie'] ?? '' }));
    for (const [name, secret] of Object.entries(planted))
      expect({ name, shown: shown.includes(secret) }).toEqual({ name, shown: false });
    // Nor in part.
    for (const part of [
      '9f8e',
      'QWxhZG',
      'opaqueTok',
      'session-cook',
      'header-api',
      'query-tok',
      '2dHFtV',
      'password-of',
    ]) {
      expect({ part, shown: shown.includes(part) }).toEqual({ part, shown: false });
    }
  });

  it('that a server gave away are found all the same', async () => {
    const { exchanges } = await reportOn({ 'a.har': har([recorders.chrome({ headers: { 'x-echo': key } })]) });
    expect(exchanges[0]?.findings).toMatchObject([
      { check: 'response.no-secrets', actual: 'an OpenRouter key of 73 characters' },
    ]);
  });
});
