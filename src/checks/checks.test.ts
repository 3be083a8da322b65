import { expect, it } from 'vitest';
import { requirements } from '../contract/requirements.ts';
import { readExchange } from '../exchange/read-exchange.ts';
import { judge } from './check.ts';
import { checks } from './checks.ts';
import { subjectOf } from './recognise.ts';
import { evidence, jsonSubject, record, result, streamSubject, subjectWith } from './testing.ts';

it('gives every check an id of its own, of the form subject.expectation', () => {
  const ids = checks.map((check) => check.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z]+\.[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id))).toEqual([]);
});

it('covers only promises that exist, and no check binds more than they do', () => {
  for (const check of checks) {
    expect(check.covers.length).toBeGreaterThan(0);
    if (check.level !== 'must') continue;
    expect(check.covers.some((id) => requirements[id].level === 'must')).toBe(true);
  }
});

const pinned = {
  expect: { status: [200], servedBy: 'Io Net', isByok: true, pinned: true },
  evidence: { generation: evidence({ data: record() }) },
};

it('finds nothing in an answer of today, streamed or not', () => {
  expect(judge(checks, jsonSubject(result(), {}, pinned))).toEqual([]);
  expect(judge(checks, streamSubject(undefined, {}, pinned))).toEqual([]);
});

it.each([
  '',
  'null',
  '[]',
  '{}',
  '{"choices":null,"usage":[]}',
  '{"choices":[null],"error":"no"}',
  'data: {"choices":{}}\n\n',
])('never throws, whatever a server sent: %s', (body) => {
  for (const status of [200, 404]) {
    expect(() => judge(checks, subjectWith(body, { status }, pinned))).not.toThrow();
    expect(() => judge(checks, subjectWith(body, { status, path: '/byok', method: 'GET' }))).not.toThrow();
  }
});

it('judges an exchange without any response', () => {
  const { call } = jsonSubject(null).exchange;
  const exchange = readExchange({ call, chunks: [], end: { how: 'not-connected', at: 1, code: 'ECONNREFUSED' } });
  const found = judge(checks, subjectOf(exchange, { expect: { status: [200] } }));
  expect(found.map(({ check }) => check)).toEqual(['response.complete', 'response.status-expected']);
});
