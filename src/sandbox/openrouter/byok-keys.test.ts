import { expect, test } from 'vitest';
import { models } from './catalogue-data.ts';
import { ownKeysFor } from './byok-keys.ts';
import type { Account, ApiKey, ByokKey, ByokSettings } from './state.ts';

const account = { userId: 'user_1' } as Account;
const caller = { account, hash: 'hash', workspaceId: 'w1', creatorUserId: 'user_1' } as ApiKey;
const [glm] = models as [(typeof models)[number]];

function keyWith(settings: Partial<ByokSettings>, more: Partial<ByokKey> = {}): ByokKey {
  const value: ByokSettings = {
    secret: 's',
    name: null,
    disabled: false,
    isFallback: false,
    isRequired: false,
    isByokOnly: false,
    declaredZdr: null,
    allowedModels: null,
    allowedApiKeyHashes: null,
    allowedUserIds: null,
    deleted: false,
    ...settings,
  };
  const versions = [{ from: 100, value }];
  return {
    id: 'k',
    account,
    provider: 'io-net',
    workspaceId: 'w1',
    sortOrder: 0,
    createdAt: 0,
    alwaysUse: false,
    versions,
    ...more,
  };
}

const holds = (key: ByokKey, at = 100) => ownKeysFor([key], caller, glm, at).length === 1;

test.each<[string, boolean, ByokKey]>([
  ['without restrictions', true, keyWith({})],
  ['disabled', false, keyWith({ disabled: true })],
  ['deleted', false, keyWith({ deleted: true })],
  ['of the same workspace', true, keyWith({}, { workspaceId: 'w1' })],
  ['of every workspace', true, keyWith({}, { workspaceId: null })],
  ['of another workspace', false, keyWith({}, { workspaceId: 'w2' })],
  ['of another account', false, keyWith({}, { account: { userId: 'user_1' } as Account })],
  ['for this model', true, keyWith({ allowedModels: [glm.id] })],
  ['for this model by its dated slug', true, keyWith({ allowedModels: [glm.canonicalSlug] })],
  ['for another model', false, keyWith({ allowedModels: ['qwen/qwen3.6-27b'] })],
  ['for this API key', true, keyWith({ allowedApiKeyHashes: ['hash'] })],
  ['for another API key', false, keyWith({ allowedApiKeyHashes: ['other'] })],
  ['for this member', true, keyWith({ allowedUserIds: ['user_1'] })],
  ['for another member', false, keyWith({ allowedUserIds: ['user_2'] })],
  ['that matches one of two filters', false, keyWith({ allowedModels: [glm.id], allowedUserIds: ['user_2'] })],
])('a key %s holds: %s', (_, expected, key) => {
  expect(holds(key)).toBe(expected);
});

test('a key holds from its time on, and a change from its own', () => {
  const key = keyWith({});
  const [first] = key.versions as [ByokKey['versions'][number]];
  key.versions.push({ from: 200, value: { ...first.value, disabled: true } });
  expect([99, 100, 199, 200].map((at) => holds(key, at))).toEqual([false, true, true, false]);
});
