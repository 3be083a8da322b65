import { expect, it } from 'vitest';
import { callOf } from './call.ts';
import { get, manage, say } from './steps.ts';

const ref = { scenario: 'pinning/only-pins', model: 'a/one', mode: 'json' as const };
const customer = { name: 'customer', key: 'sk-or-v1-mine' };

it('asks for router metadata and against cached answers, and says who asks', () => {
  expect(callOf(say('hi'), ref, customer).headers).toEqual({
    'x-openrouter-title': expect.stringMatching(/^byok-conformance\/\d/),
    'x-openrouter-metadata': 'enabled',
    'x-openrouter-cache': 'false',
    authorization: 'Bearer sk-or-v1-mine',
  });
});

it('always limits the tokens, by what the scenario says when it does', () => {
  expect(callOf(say('hi'), ref, customer).body).toMatchObject({ model: 'a/one', max_tokens: 256 });
  expect(callOf(say('hi', { max_tokens: 7 }), ref, customer).body).toMatchObject({ max_tokens: 7 });
});

it('asks for a stream in stream mode alone', () => {
  expect(callOf(say('hi'), ref, customer).body).not.toHaveProperty('stream');
  expect(callOf(say('hi'), { ...ref, mode: 'stream' }, customer).body).toMatchObject({ stream: true });
});

it('lets a scenario name another model', () => {
  expect(callOf(say('hi', { model: 'acme/none' }), ref, customer).body).toMatchObject({ model: 'acme/none' });
});

it('sends no authorization without a key', () => {
  expect(callOf(say('hi'), ref, { name: 'no-key', key: null }).headers).not.toHaveProperty('authorization');
});

it('leaves reads and management calls as they are', () => {
  expect(callOf(get('/key'), ref, customer)).toMatchObject({ method: 'GET', path: '/key' });
  expect(callOf(get('/key'), ref, customer)).not.toHaveProperty('body');
  expect(callOf(manage('PATCH', '/byok/1', { disabled: true }), ref, customer)).toMatchObject({
    method: 'PATCH',
    path: '/byok/1',
    body: { disabled: true },
  });
});
