import { expect, it } from 'vitest';
import { readExchange } from '../exchange/read-exchange.ts';
import { wireOf } from '../exchange/testing.ts';
import { answered, get, onOwnKey, otherProviderOf, refused, say } from './steps.ts';

it('an answer that must have been served by somebody is looked up in its generation record', () => {
  for (const expected of [onOwnKey, { isByok: false }, { servedBy: 'Acme' }, { notServedBy: 'Acme' }]) {
    expect(answered(say('hi'), expected).evidence).toEqual(['generation']);
  }
  expect(answered(get('/key')).evidence).toEqual([]);
  expect(refused(say('hi'), { status: [401] }).evidence).toEqual([]);
});

it('what a demanded check needs is collected, once', () => {
  const { checks, evidence } = answered(say('hi'), onOwnKey, {
    checks: ['cost.key-usage-grows', 'cost.upstream-is-list-price'],
  });
  expect(checks.map(({ id }) => id)).toEqual(['cost.key-usage-grows', 'cost.upstream-is-list-price']);
  expect(evidence).toEqual([...new Set(evidence)]);
  expect(evidence).toEqual(expect.arrayContaining(['generation', 'key-before', 'key-after', 'endpoints']));
});

it('succeeding means 200, being refused one of the statuses named', () => {
  expect(answered(say('hi')).expect.status).toEqual([200]);
  expect(refused(say('hi'), { status: [404, 403] }).expect.status).toEqual([404, 403]);
});

it('another provider of the model is named by its slug; without one the scenario does not apply', () => {
  const listing = (...endpoints: { tag: string; provider_name: string }[]) =>
    readExchange(wireOf([JSON.stringify({ data: { endpoints } })], { type: 'application/json' }));
  const own = { tag: 'io-net/fp8', provider_name: 'Io Net' };
  expect(otherProviderOf(listing(own, { tag: 'acme/fp4', provider_name: 'Acme' }))).toBe('acme');
  expect(() => otherProviderOf(listing(own))).toThrow('No other provider serves the model.');
});
