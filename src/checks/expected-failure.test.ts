import { expect, it } from 'vitest';
import type { ErrorRow } from '../contract/errors/row.ts';
import { judge, type Subject } from './check.ts';
import { checks } from './checks.ts';
import { chunk, chunks, choice, jsonSubject, metadata, result, streamSubject, subjectWith, usage } from './testing.ts';

const error = { code: 502, message: 'Upstream', metadata: { error_type: 'provider_unavailable' } };

function expecting(form: ErrorRow['form'], over: Partial<ErrorRow> = {}): Partial<Subject> {
  const row: ErrorRow = {
    endpoint: 'chat',
    says: 'It breaks.',
    status: [200],
    form,
    source: { url: 'https://openrouter.ai/docs/x', section: 'x', read: '2026-11-23' },
    provocation: { how: 'sandbox-only', because: 'it has to break' },
    ...over,
  };
  return { expect: { status: row.status, errorPath: { id: 'chat/x', row } } };
}

const must = (subject: Subject) =>
  judge(checks, subject)
    .filter(({ level }) => level === 'must')
    .map(({ check }) => check);

const closing = chunk({ content: '' }, { error }, { finish_reason: 'error' });
const edge = { status: 413, headers: { 'content-type': 'text/html' } };
const events = (...parts: object[]) => parts.map((part) => `data: ${JSON.stringify(part)}\n\n`).join('');
const stream = { headers: { 'content-type': 'text/event-stream' }, request: { model: 'm', stream: true } };
const silence = [choice({ content: '' }, { finish_reason: null, native_finish_reason: null })];
const free = { ...usage, completion_tokens: 0, total_tokens: 10, cost_details: { upstream_inference_cost: 0 } };

const failures: [string, ErrorRow['form'], Partial<ErrorRow>, (extra?: Partial<Subject>) => Subject][] = [
  ['an error in the middle of a stream', 'mid-stream', {}, (extra) => streamSubject([chunk(), closing], {}, extra)],
  ['an error before the first token', 'mid-stream', {}, (extra) => streamSubject([closing, '[DONE]'], {}, extra)],
  [
    'an error without choices',
    'mid-stream',
    {},
    (extra) => streamSubject([chunk(), { ...closing, choices: [] }], {}, extra),
  ],
  [
    'a bare error after events',
    'mid-stream',
    {},
    (extra) => subjectWith(events(chunk()) + JSON.stringify({ error }), stream, extra),
  ],
  [
    'an error in the choice',
    'choice',
    {},
    (extra) => jsonSubject(result({ choices: [choice({}, { finish_reason: 'error', error })] }), {}, extra),
  ],
  [
    'a bare error under 200',
    'envelope',
    { status: [502, 200] },
    (extra) => jsonSubject({ error: { ...error, code: 502 } }, {}, extra),
  ],
  [
    'silence',
    'silent',
    {},
    (extra) => jsonSubject(result({ choices: silence, usage: { ...free, cost_details: null } }), {}, extra),
  ],
  [
    'a stream that is cut',
    'truncated',
    {},
    (extra) =>
      subjectWith(
        events(...chunks().slice(0, 2)) + 'data: {"id',
        { ...stream, end: { how: 'closed-early', at: 9 } },
        extra,
      ),
  ],
  [
    'an answer cut before its first token',
    'shortened-answer',
    {},
    (extra) =>
      jsonSubject(
        result({
          choices: [choice({ content: '' }, { finish_reason: 'length' })],
          openrouter_metadata: { ...metadata, endpoints: { total: 1, available: [] } },
        }),
        {},
        extra,
      ),
  ],
  ['a page of the edge', 'edge', { status: [413] }, (extra) => subjectWith('<html></html>', edge, extra)],
];

it.each(failures)('%s is no breach where it is expected', (_, form, over, subject) => {
  expect(must(subject(expecting(form, over)))).toEqual([]);
});

it.each(failures.filter(([, form]) => form !== 'edge'))(
  '%s is one where nothing is expected',
  (_, __, ___, subject) => {
    expect(must(subject())).not.toEqual([]);
  },
);

it.each(failures.filter(([, form]) => form !== 'edge'))(
  '%s is one where something else is expected',
  (_, form, over, subject) => {
    const other = form === 'truncated' ? 'mid-stream' : 'truncated';
    expect(must(subject(expecting(other, over)))).not.toEqual([]);
  },
);

it('only the failure itself is forgiven', () => {
  const late = streamSubject([chunk(), closing, chunk()], {}, expecting('mid-stream'));
  expect(must(late)).toContain('stream.nothing-after-error');
  const charged = result({ choices: silence, usage: { ...usage, cost: 0.1 } });
  expect(must(jsonSubject(charged, {}, expecting('silent')))).toContain('cost.nothing-for-an-error');
});

it('a status that was only ever seen binds nobody', () => {
  const seen = expecting('envelope', { status: [404], observedOnly: true });
  const subject = jsonSubject({ error: { code: 400, message: 'No.' } }, { status: 400 }, seen);
  expect(must(subject)).toEqual([]);
});
