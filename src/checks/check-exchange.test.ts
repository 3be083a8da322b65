import { expect, it } from 'vitest';
import { check } from './check-exchange.ts';
import { jsonSubject, result } from './testing.ts';

const { exchange } = jsonSubject(result());

it('a sound answer has no findings', () => {
  expect(check(exchange)).toEqual([]);
});

it('what is expected of the answer is judged with all that always holds', () => {
  const findings = check(jsonSubject(result({ usage: null })).exchange, { expect: { servedBy: 'Another' } });
  expect(findings.map(({ check }) => check)).toEqual(expect.arrayContaining(['routing.served-by', 'response.schema']));
});

it('what was looked up about the answer is judged with it', () => {
  const record = jsonSubject({ data: { id: 'gen-another' } }, { method: 'GET', path: '/generation?id=gen-another' });
  expect(check(exchange, { evidence: { generation: record.exchange } })).not.toEqual([]);
});
