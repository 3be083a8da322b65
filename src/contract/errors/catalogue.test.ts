import { expect, test } from 'vitest';
import { errorCatalogue } from './catalogue.ts';
import { errorTypes, exclusions, messagesTypeOf, responsesCodeOf, statusOf } from './mapping.ts';
import type { ErrorRow } from './row.ts';

const rows: [id: string, row: ErrorRow][] = Object.entries(errorCatalogue);
const documented = rows.filter(([, row]) => row.observedOnly !== true);

test('the catalogue has every documented row of each endpoint, and the observed ones of chat', () => {
  const counts: Record<string, number> = {};
  for (const [, { endpoint }] of documented) {
    const family = endpoint.split('.')[0] ?? endpoint;
    counts[family] = (counts[family] ?? 0) + 1;
  }
  expect(counts).toEqual({
    chat: 82,
    responses: 15,
    messages: 15,
    completions: 3,
    generation: 8,
    key: 2,
    credits: 3,
    models: 3,
    'model-single': 1,
    'model-endpoints': 3,
    providers: 1,
    'endpoints-zdr': 2,
    byok: 22,
    keys: 22,
    guardrails: 45,
    workspaces: 19,
    budgets: 15,
  });
  expect(documented).toHaveLength(261);
  expect(rows.length - documented.length).toBe(14);
});

test('the documented rows of chat that other inference APIs share are counted per API', () => {
  const shared = (skin: 'responses' | 'messages' | 'completions') =>
    documented.filter(([, row]) => row.alsoOn?.includes(skin)).length;
  expect([shared('responses'), shared('messages'), shared('completions')]).toEqual([73, 64, 33]);
});

test('only rows of chat are shared with other inference APIs', () => {
  expect(rows.filter(([, row]) => row.alsoOn !== undefined && row.endpoint !== 'chat')).toEqual([]);
});

test('an id says the endpoint and the first of the accepted statuses', () => {
  const wrong = rows.filter(([id, row]) => {
    const [endpoint, name = ''] = id.split('/');
    const status = /^(?:O-|byok-)?(\d{3})-/.exec(name)?.[1];
    return row.endpoint !== endpoint || (status !== undefined && row.status[0] !== Number(status));
  });
  expect(wrong).toEqual([]);
});

test('a row accepts no status twice', () => {
  expect(rows.filter(([, { status }]) => new Set(status).size !== status.length)).toEqual([]);
});

test('a row says what goes wrong, where that is written, when it was read and how it comes about', () => {
  const wrong = rows.filter(([, { says, source, provocation }]) => {
    const how = 'by' in provocation ? provocation.by : provocation.because;
    return !(
      /^[A-Z].*\.$/.test(says) &&
      URL.canParse(source.url) &&
      source.section !== '' &&
      /^\d{4}-\d\d-\d\d$/.test(source.read) &&
      how !== ''
    );
  });
  expect(wrong).toEqual([]);
});

test('a documented row accepts an error type of its status', () => {
  // Inside a 200 the type says which error it is; 408, 524 and 529 are in no table.
  const untabled = new Set([200, 408, 524, 529]);
  const wrong = documented.filter(
    ([, { status, errorType }]) =>
      !untabled.has(status[0]) && errorType !== undefined && !errorType.some((type) => statusOf[type] === status[0]),
  );
  expect(wrong).toEqual([]);
});

test('a row excludes by a documented word', () => {
  const words = rows.flatMap(([, { availability }]) => availability?.excludedBy ?? []);
  expect(exclusions).toEqual(expect.arrayContaining(words));
});

test('a row whose message binds has its text from the documentation', () => {
  const binding = rows.filter(([, { message }]) => message?.level === 'must');
  expect(binding.map(([, { source }]) => source.url)).toEqual(
    binding.map(() => expect.stringMatching(/^https:\/\/openrouter\.ai\/docs\//)),
  );
});

test('every error type has a status, a Responses code and a Messages type', () => {
  expect(errorTypes).toHaveLength(27);
  const grouped = (name: typeof responsesCodeOf) =>
    Object.fromEntries(Object.entries(Object.groupBy(errorTypes, name)).map(([key, types]) => [key, types?.length]));
  expect(grouped(responsesCodeOf)).toEqual({
    invalid_prompt: 2,
    image_content_policy_violation: 1,
    rate_limit_exceeded: 1,
    server_error: 23,
  });
  expect(grouped(messagesTypeOf)).toEqual({
    invalid_request_error: 16,
    authentication_error: 1,
    billing_error: 1,
    permission_error: 1,
    not_found_error: 2,
    rate_limit_error: 1,
    overloaded_error: 1,
    timeout_error: 1,
    api_error: 3,
  });
});
