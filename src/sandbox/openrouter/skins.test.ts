import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestSandbox } from './testing.ts';
import type { TestSandbox } from './testing.ts';

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await openTestSandbox();
});
afterEach(() => sandbox.close());

const prompt = 'Reply with exactly: ok';
const said = [{ role: 'user', content: prompt }];
const pinned = { model: 'z-ai/glm-5.2', provider: { only: ['io-net'] } };

describe.each([
  ['/chat/completions', { messages: said, max_tokens: 32 }],
  ['/completions', { prompt, max_tokens: 32 }],
  ['/responses', { input: prompt, max_output_tokens: 32 }],
  ['/messages', { messages: said, max_tokens: 32 }],
])('%s', (path, body) => {
  test.each([false, true])('bills the provider’s account and keeps a record (stream: %s)', async (stream) => {
    const answer = await sandbox.call('POST', path, { body: { ...pinned, ...body, stream, session_id: 's1' } });
    expect(answer.status).toBe(200);
    const upstream = 0.000020404;
    expect((await sandbox.call('GET', '/key')).json.data).toMatchObject({ usage: 0, byok_usage: upstream });
    expect((await sandbox.call('GET', '/sandbox/ledger')).json.data.charged_usd).toBe(upstream);
    await sandbox.clock.sleep(2000);
    const record = await sandbox.call('GET', `/generation?id=${answer.headers['x-generation-id']}`);
    expect(record.json.data).toMatchObject({
      api_type: 'completions',
      is_byok: true,
      provider_name: 'Io Net',
      upstream_inference_cost: upstream,
      tokens_prompt: 10,
      tokens_completion: 1,
      finish_reason: 'stop',
      session_id: 's1',
    });
  });

  test('gives the same pieces at the same times to the same calls', async () => {
    const call = ({ call: send }: TestSandbox) => send('POST', path, { body: { ...pinned, ...body, stream: true } });
    const again = await openTestSandbox();
    const [first, second] = [await call(sandbox), await call(again)];
    await again.close();
    expect(second.chunks).toEqual(first.chunks);
  });
});
