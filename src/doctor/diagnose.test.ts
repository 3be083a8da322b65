import { describe, expect, it } from 'vitest';
import { closedPort, httpServer } from '../exchange/testing.ts';
import type { IncidentName } from '../sandbox/incident.ts';
import { openAccount } from '../sandbox/openrouter/accounts.ts';
import { customerSetUp, found, type SetUp } from './testing.ts';

const noManagementKey = { keys: { management: null, provider: null } };

it('A sound set-up is all yes, on two small requests, and nothing secret is in what is said', async () => {
  const setUp = await customerSetUp();
  const diagnosis = await setUp.doctor();
  expect(diagnosis.answer).toBe('yes');
  expect(diagnosis.lines.map(({ answer }) => answer)).toEqual(Array.from({ length: 7 }, () => 'yes'));
  expect(setUp.provider.ledger().requests).toBe(2);
  const said = JSON.stringify(diagnosis);
  for (const key of [setUp.customer.inferenceKey, setUp.customer.managementKey, setUp.provider.keys.customer])
    expect(said).not.toContain(key);
});

it('Without the optional keys the answer still is yes, and it is said what could not be seen and which key that takes', async () => {
  const { answer, lines } = await (await customerSetUp()).doctor(noManagementKey);
  expect(answer).toBe('yes');
  const unseen = lines.flatMap((line) => (line.answer === 'could-not-see' ? [[line.id, line.lacks]] : []));
  expect(unseen).toEqual([
    ['provider-key', 'IONET_API_KEY'],
    ['credits', 'OPENROUTER_MANAGEMENT_KEY'],
    ['own-key', 'OPENROUTER_MANAGEMENT_KEY'],
    ['policies', 'OPENROUTER_MANAGEMENT_KEY'],
  ]);
});

it('After the first cause nothing more is looked at', async () => {
  const setUp = await customerSetUp();
  const { answer, lines } = await setUp.doctor({ keys: { openRouter: 'sk-or-v1-unknown' } });
  expect(answer).toBe('no');
  expect(lines.map((line) => line.answer)).toEqual([
    'yes',
    'no',
    'not-looked-at',
    'not-looked-at',
    'not-looked-at',
    'not-looked-at',
    'not-looked-at',
  ]);
});

describe('Each cause is named with its step:', () => {
  it.each<[string, (setUp: SetUp) => string, string]>([
    ['invalid', ({ provider }) => provider.keys.invalid, 'provider-key: Io Net does not accept the key (401)'],
    ['without balance', ({ provider }) => provider.keys.broke, 'provider-key: The Io Net account has no balance (402)'],
    ['forbidden', ({ provider }) => provider.keys.forbidden, 'provider-key: Io Net refuses the key (403)'],
    ['exhausted', ({ provider }) => provider.keys.exhausted, 'provider-key: Io Net limits the key (429)'],
  ])('a key of the provider that is %s', async (_name, keyOf, cause) => {
    const setUp = await customerSetUp();
    expect(found(await setUp.doctor({ keys: { provider: keyOf(setUp) } }))).toContain(cause);
  });

  it('an OpenRouter key that is disabled, expired, unknown, past its limit, or a management key', async () => {
    const setUp = await customerSetUp();
    const { customer, manage, clock } = setUp;
    const made = async (options: Record<string, unknown>) =>
      (await manage('POST', '/keys', { name: 'k', ...options })).json;
    const disabled = await made({});
    await manage('PATCH', `/keys/${disabled.data.hash}`, { disabled: true });
    const expired = await made({ expires_at: new Date(clock.now() + 1_000).toISOString() });
    await clock.sleep(2_000);
    const causes: Record<string, string> = {
      [disabled.key]: 'openrouter-key: The OpenRouter key is disabled.',
      [expired.key]: 'openrouter-key: The OpenRouter key has expired: ',
      'sk-or-v1-unknown':
        'openrouter-key: OpenRouter does not accept the key (401): it is mistyped, deleted, or of another',
      [(await made({ limit: 0, limit_reset: 'daily' })).key]:
        'openrouter-key: The OpenRouter key has reached its daily limit.',
      [customer.managementKey]: 'openrouter-key: OPENROUTER_API_KEY is a management key',
    };
    for (const [openRouter, cause] of Object.entries(causes))
      expect(found(await setUp.doctor({ keys: { openRouter } }))).toContain(cause);
    expect(found(await setUp.doctor({ keys: { openRouter: disabled.key, management: null } }))).toContain(
      'mistyped, deleted, disabled or expired',
    );
  });

  it('no credits', async () => {
    const setUp = await customerSetUp();
    setUp.incident('negative-balance');
    expect(found(await setUp.doctor())).toContain('credits: The OpenRouter account has no credits');
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['is disabled', { disabled: true }, 'is disabled'],
    ['is for other models', { allowed_models: ['qwen/qwen3.6-27b'] }, 'is limited to other models than z-ai/glm-5.2'],
    ['is for other members', { allowed_user_ids: ['user_other'] }, 'is limited to other members'],
    ['is a fallback', { is_fallback: true }, 'is only a fallback'],
  ])('a BYOK key that %s', async (_name, change, cause) => {
    const setUp = await customerSetUp();
    await setUp.changeOwnKey(change);
    const named = found(await setUp.doctor());
    expect(named).toMatch(/^own-key: The Io Net key \S+ is /);
    expect(named).toContain(cause);
  });

  it('a BYOK key for other OpenRouter keys, in another workspace, or none', async () => {
    const setUp = await customerSetUp();
    const { manage } = setUp;
    const other = (await manage('POST', '/keys', { name: 'other' })).json.data.hash;
    await setUp.changeOwnKey({ allowed_api_key_hashes: [other] });
    expect(found(await setUp.doctor())).toContain('is limited to other OpenRouter keys');
    const workspace = (await manage('POST', '/workspaces', { name: 'Far', slug: 'far' })).json.data.id;
    const { key } = (await manage('POST', '/keys', { name: 'far', workspace_id: workspace })).json;
    expect(found(await setUp.doctor({ keys: { openRouter: key } }))).toMatch(
      /^own-key: The Io Net key is in the workspace /,
    );
    const [{ id }] = (await manage('GET', '/byok')).json.data;
    await manage('DELETE', `/byok/${id}`);
    expect(found(await setUp.doctor())).toBe('own-key: OpenRouter does not have your Io Net key.');
  });

  it.each<[Record<string, unknown>, string]>([
    [{ ignored_providers: ['io-net'] }, 'ignores Io Net'],
    [{ allowed_providers: ['openai'] }, 'allows other providers than Io Net only'],
    [{ ignored_models: ['z-ai/glm-5.2'] }, 'ignores z-ai/glm-5.2'],
    [{ allowed_models: ['qwen/qwen3.6-27b'] }, 'allows other models than z-ai/glm-5.2 only'],
    [{ enforce_zdr: true }, 'demands zero data retention'],
    [{ enforce_zdr_other: true }, 'demands zero data retention'],
  ])('a guardrail of %j', async (rules, cause) => {
    const setUp = await customerSetUp();
    await setUp.guard(rules);
    expect(found(await setUp.doctor())).toContain(`policies: The guardrail "Strict" ${cause}`);
  });

  it('the default guardrail of the workspace, but not one that is assigned to nobody', async () => {
    const setUp = await customerSetUp();
    const { manage } = setUp;
    const rules = { ignored_providers: ['io-net'] };
    await manage('POST', '/guardrails', { name: 'Idle', ...rules });
    expect(found(await setUp.doctor())).toBe('yes');
    const [workspace] = (await manage('GET', '/workspaces')).json.data;
    await manage('PATCH', `/guardrails/${workspace.default_guardrail_id}`, rules);
    expect(found(await setUp.doctor())).toContain('policies: The guardrail "Default" ignores Io Net.');
  });

  it('a model that does not exist, or that the provider does not serve', async () => {
    const setUp = await customerSetUp();
    expect(found(await setUp.doctor({ model: 'no/such' }))).toBe('model-served: OpenRouter has no model no/such.');
    expect(found(await setUp.doctor({ model: 'anthropic/claude-haiku-4.5' }))).toBe(
      'model-served: Io Net does not serve anthropic/claude-haiku-4.5 on OpenRouter.',
    );
  });
});

describe('The troubles of the guide are named from the answer alone:', () => {
  it('402, without credits', async () => {
    const setUp = await customerSetUp();
    setUp.incident('negative-balance');
    expect(found(await setUp.doctor(noManagementKey))).toContain(
      'served-on-own-key: The OpenRouter account has no credits',
    );
  });

  it('404, all providers ignored', async () => {
    const setUp = await customerSetUp();
    setUp.customer.account.ignoredProviders = ['io-net'];
    expect(found(await setUp.doctor())).toBe('served-on-own-key: The account ignores Io Net.');
  });

  it('404, no allowed provider', async () => {
    const setUp = await customerSetUp();
    setUp.incident('account-allows-others');
    expect(found(await setUp.doctor())).toContain(
      'served-on-own-key: The account or a guardrail does not allow Io Net',
    );
  });

  it('is_byok false, when the provider refuses the key and shared capacity steps in', async () => {
    const setUp = await customerSetUp();
    await setUp.changeOwnKey({ key: setUp.provider.keys.invalid });
    const { lines } = await setUp.doctor({ waits: true });
    expect(lines.at(-1)).toMatchObject({
      answer: 'no',
      cause: expect.stringContaining('(is_byok is false): Io Net refuses the key that is set'),
      remedy: expect.stringContaining('Always use for this provider'),
      page: 'https://openrouter.ai/workspaces/default/byok',
    });
    expect(found(await setUp.doctor(noManagementKey))).toContain('is missing, disabled, limited to something else');
  });

  it.each(['invalid', 'broke', 'forbidden', 'exhausted'] as const)(
    '401, 402, 403 or 429, when the key is always used and %s',
    async (which) => {
      const setUp = await customerSetUp();
      await setUp.changeOwnKey({ key: setUp.provider.keys[which], is_required: true });
      const status = { invalid: 401, broke: 402, forbidden: 403, exhausted: 429 }[which];
      expect(found(await setUp.doctor())).toMatch(new RegExp(`^served-on-own-key: .*Io Net.*\\(${status}\\)`));
    },
  );

  it('and what stands beside them: a guardrail, its budget, a data policy', async () => {
    const guarded = await customerSetUp();
    await guarded.guard({ ignored_providers: ['io-net'] });
    expect(found(await guarded.doctor(noManagementKey))).toContain('The account or a guardrail does not allow Io Net');
    const spent = await customerSetUp();
    await spent.guard({ limit_usd: 0 });
    expect(found(await spent.doctor())).toContain('OpenRouter forbids the request (403): Guardrail "Strict" budget');
    const strict = await customerSetUp();
    strict.customer.account.zeroDataRetention = true;
    expect(found(await strict.doctor())).toContain('A data policy of the account rules Io Net out.');
    const limited = await customerSetUp();
    await limited.guard({ allowed_models: ['qwen/qwen3.6-27b'] });
    expect(found(await limited.doctor(noManagementKey))).toContain('A guardrail of the OpenRouter key keeps it from');
  });
});

describe('A key that was just added', () => {
  async function justAdded() {
    const setUp = await customerSetUp();
    const { manage } = setUp;
    const workspace_id = (await manage('POST', '/workspaces', { name: 'New', slug: 'new' })).json.data.id;
    const { key } = (await manage('POST', '/keys', { name: 'new', workspace_id })).json;
    await manage('POST', '/byok', { provider: 'io-net', key: setUp.provider.keys.customer, workspace_id });
    return { setUp, keys: { openRouter: key } };
  }

  it('is not yet in use, which is no cause', async () => {
    const { setUp, keys } = await justAdded();
    const { answer, lines } = await setUp.doctor({ keys });
    expect(answer).toBe('could-not-tell');
    expect(lines.at(-1)).toMatchObject({ answer: 'not-yet', why: expect.stringContaining('Ask again with --wait') });
    expect(setUp.waits).toEqual([]);
  });

  it('is awaited when asked to', async () => {
    const { setUp, keys } = await justAdded();
    expect((await setUp.doctor({ keys, waits: true })).answer).toBe('yes');
    expect(setUp.waits.length).toBeGreaterThan(2);
  });

  it('and never works is a cause in the end, within two minutes', async () => {
    const setUp = await customerSetUp();
    await setUp.changeOwnKey({ key: setUp.provider.keys.invalid });
    expect((await setUp.doctor({ waits: true })).answer).toBe('no');
    expect(setUp.waits.at(-1)).toBeGreaterThan(90_000);
    expect(setUp.waits.at(-1)).toBeLessThan(120_000);
  });
});

describe('It could not be told, when', () => {
  it('nobody answers', async () => {
    const setUp = await customerSetUp();
    const baseUrl = await closedPort();
    const { answer, lines } = await setUp.doctor({ baseUrl });
    expect(answer).toBe('could-not-tell');
    const [own, ...others] = lines.map((line) => line.answer);
    expect([own, new Set(others)]).toEqual(['yes', new Set(['could-not-see'])]);
    expect(lines[1]).toMatchObject({
      why: expect.stringMatching(/GET .*\/key got no whole answer: not-connected, ECONN/),
    });
  });

  it.each<IncidentName>(['provider-internal-error', 'in-flight-budget', 'internal-error', 'platform-rate-limited'])(
    'there is a trouble that may pass: %s',
    async (incident) => {
      const setUp = await customerSetUp();
      setUp.incident(incident);
      expect((await setUp.doctor({ keys: { provider: null } })).answer).toBe('could-not-tell');
    },
  );

  it('the management key is refused, or is of another account', async () => {
    const setUp = await customerSetUp();
    const refused = await setUp.doctor({ keys: { management: 'sk-or-v1-nobody' } });
    expect(refused.answer).toBe('could-not-tell');
    expect(refused.lines[2]).toMatchObject({ answer: 'could-not-see', why: expect.stringContaining('401') });
    const { key } = openAccount(setUp.world, 10);
    const foreign = await setUp.doctor({ keys: { openRouter: key } });
    expect(foreign.lines.slice(2, 5)).toMatchObject(
      Array.from({ length: 3 }, () => ({
        answer: 'could-not-see',
        why: expect.stringContaining('does not have this'),
      })),
    );
  });

  it('what answers is not OpenRouter, and a key or an escape it repeats is not shown', async () => {
    const setUp = await customerSetUp();
    const baseUrl = await httpServer((request, response) => {
      response.writeHead(418, { 'content-type': 'text/plain' }).end(`\u001b[31mno ${request.headers.authorization}`);
    });
    const { answer, lines } = await setUp.doctor({ baseUrl });
    expect(answer).toBe('could-not-tell');
    expect(lines[1]).toMatchObject({ why: 'GET /key was answered with 418 [31mno Bearer [key].' });
  });
});
