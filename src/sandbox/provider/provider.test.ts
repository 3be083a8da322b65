import { Agent, request } from 'undici';
import { expect, test } from 'vitest';
import { VirtualClock } from '../virtual-clock.ts';
import { startProvider } from './provider.ts';

const EPOCH = 1_790_000_000_000;
const MODEL = 'Qwen/Qwen3.6-27B';

interface Answer {
  status: number;
  text: string;
  json: unknown;
  /** What arrived, chunk by chunk, with the milliseconds since the request. */
  chunks: [bytes: Buffer, at: number][];
}

async function open(seed = 'test') {
  const clock = new VirtualClock(EPOCH);
  const provider = await startProvider({ clock, seed });
  const agent = new Agent();
  async function send(url: string, init: { key?: string; body?: unknown }): Promise<Answer> {
    const started = clock.now();
    const response = await request(url, {
      method: init.body === undefined ? 'GET' : 'POST',
      headers: init.key === undefined ? {} : { authorization: `Bearer ${init.key}` },
      body: init.body === undefined ? null : JSON.stringify(init.body),
      dispatcher: agent,
    });
    const chunks: Answer['chunks'] = [];
    for await (const chunk of response.body as AsyncIterable<Buffer>) chunks.push([chunk, clock.now() - started]);
    const text = Buffer.concat(chunks.map(([bytes]) => bytes)).toString();
    const json: unknown = response.headers['content-type'] === 'application/json' ? JSON.parse(text) : undefined;
    return { status: response.statusCode, text, json, chunks };
  }
  return {
    clock,
    provider,
    chat: (body: object, key: string | undefined = provider.keys.customer, url = provider.url) =>
      send(`${url}/chat/completions`, { ...(key && { key }), body: { model: MODEL, ...body } }),
    get: (path: string, key?: string) => send(`${provider.url}${path}`, key === undefined ? {} : { key }),
    async [Symbol.asyncDispose]() {
      await agent.destroy();
      await provider.close();
    },
  };
}

const ask = (content: string) => ({ messages: [{ role: 'user', content }] });

function eventsIn(text: string): unknown[] {
  return text
    .split('\n\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line) => JSON.parse(line.slice('data: '.length)));
}

test('an answer has the form of the provider', async () => {
  await using world = await open();
  const { status, json } = await world.chat(ask('Reply with exactly: pong'));
  expect(status).toBe(200);
  expect(json).toEqual({
    id: expect.stringMatching(/^chatcmpl-[0-9a-f]{32}$/),
    object: 'chat.completion',
    created: EPOCH / 1000,
    model: MODEL,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', reasoning_content: null, content: 'pong', tool_calls: [] },
        logprobs: null,
        finish_reason: 'stop',
        stop_reason: null,
      },
    ],
    usage: { prompt_tokens: 10, total_tokens: 11, completion_tokens: 1, prompt_tokens_details: null },
    prompt_logprobs: null,
  });
});

test('a stream opens with the role, ends with finish, usage and [DONE], and comes piece by piece', async () => {
  await using world = await open();
  const body = {
    ...ask('Count from 1 to 30'),
    stream: true,
    stream_options: { include_usage: true },
    reasoning: { effort: 'low' },
  };
  const { text, chunks } = await world.chat(body);
  const events = eventsIn(text) as {
    choices: { delta: Record<string, string>; finish_reason: string | null }[];
    usage?: object;
  }[];
  expect(events[0]?.choices[0]?.delta).toEqual({ role: 'assistant', content: '' });
  const joined = (field: string) => events.map(({ choices }) => choices[0]?.delta[field] ?? '').join('');
  expect(joined('reasoning_content')).not.toBe('');
  expect(joined('content')).toBe(Array.from({ length: 30 }, (_, index) => index + 1).join(' '));
  expect(events.at(-2)?.choices[0]?.finish_reason).toBe('stop');
  expect(events.at(-1)).toMatchObject({
    choices: [],
    usage: { completion_tokens_details: { reasoning_tokens: expect.any(Number) } },
  });
  expect(text.endsWith('\n\ndata: [DONE]\n\n')).toBe(true);
  expect(chunks.map(([, at]) => at)).toEqual(chunks.map((_, index) => 180 + 12 * index));
});

test('a stream without usage ends with the finish reason', async () => {
  await using world = await open();
  const { text } = await world.chat({ ...ask('Say hi'), stream: true });
  expect(eventsIn(text).at(-1)).toMatchObject({ choices: [{ finish_reason: 'stop' }] });
});

test('tool calls are streamed as fragments that add up', async () => {
  await using world = await open();
  const parameters = { type: 'object', properties: { city: { type: 'string' } } };
  const tools = [{ type: 'function', function: { name: 'get_weather', parameters } }];
  const { text } = await world.chat({ ...ask('What is the weather in Paris and Oslo?'), tools, stream: true });
  const fragments = (
    eventsIn(text) as {
      choices: { delta: { tool_calls?: { index: number; id?: string; function: { arguments: string } }[] } }[];
    }[]
  ).flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? []);
  const calls = [0, 1].map((index) => fragments.filter((fragment) => fragment.index === index));
  expect(calls.map((parts) => parts.map((part) => part.function.arguments).join(''))).toEqual([
    '{"city":"Paris"}',
    '{"city":"Oslo"}',
  ]);
  for (const [head, ...rest] of calls) {
    expect(head).toMatchObject({
      id: expect.stringMatching(/^chatcmpl-tool-/),
      type: 'function',
      function: { name: 'get_weather' },
    });
    expect(rest.every((part) => part.id === undefined)).toBe(true);
  }
});

test('multi-byte text arrives whole although chunks are cut inside characters', async () => {
  await using world = await open();
  const said = '日本語 žluťoučký 👩🏽‍🚀 👨‍👩‍👧 ñandú ünïcödé 한국어 ελληνικά';
  const { text, chunks } = await world.chat({ ...ask(`Reply with exactly: ${said}`), stream: true });
  const content = (eventsIn(text) as { choices: { delta: { content?: string } }[] }[]).map(
    ({ choices }) => choices[0]?.delta.content ?? '',
  );
  expect(content.join('')).toBe(said);
  expect(chunks.some(([bytes]) => bytes.toString().includes('\uFFFD'))).toBe(true);
});

test('each key is answered according to its state', async () => {
  await using world = await open();
  const { keys } = world.provider;
  const statuses = await Promise.all(
    [
      keys.customer,
      keys.customerSecond,
      keys.pool,
      keys.invalid,
      'nonsense',
      keys.broke,
      keys.forbidden,
      keys.exhausted,
    ].map(async (key) => (await world.chat(ask('Say hi'), key)).status),
  );
  expect(statuses).toEqual([200, 200, 200, 401, 401, 402, 403, 429]);
  expect((await world.chat(ask('Say hi'), '')).json).toEqual({ detail: expect.any(String) });
});

test('the ledger charges tokens times price to the customer, and keeps the shared key apart', async () => {
  await using world = await open();
  const { keys, ledger } = world.provider;
  await world.chat(ask('Reply with exactly: pong'));
  await world.chat({ ...ask('Reply with exactly: pong'), stream: true }, keys.customerSecond);
  await world.chat(ask('Reply with exactly: pong'), keys.pool);
  await world.chat(ask('Reply with exactly: pong'), keys.exhausted);
  const one = { charged_usd: 0.00000718, requests: 1 };
  expect(ledger()).toEqual({
    charged_usd: 0.00001436,
    requests: 2,
    byKey: { customer: one, customerSecond: one, pool: one },
  });
});

test('bad requests are refused before anything is charged', async () => {
  await using world = await open();
  const { chat, provider } = world;
  const answers = await Promise.all([
    chat({ ...ask('hi'), temperature: 9 }),
    chat({ messages: [] }),
    chat({ ...ask('hi'), model: 'unknown/model' }),
    chat(ask('word '.repeat(40_000))),
    chat({ ...ask('hi'), max_tokens: 32_768 }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([422, 422, 400, 400, 400]);
  expect(answers[0]?.json).toEqual({
    detail: [{ type: 'too_big', loc: ['body', 'temperature'], msg: expect.any(String) }],
  });
  for (const { json } of answers.slice(2)) expect(json).toEqual({ detail: expect.any(String) });
  expect(provider.ledger().requests).toBe(0);
});

test('the models are listed for whoever has a key', async () => {
  await using world = await open();
  const { json } = await world.get('/models', world.provider.keys.forbidden);
  expect(json).toMatchObject({
    data: [
      { model_id: 'zai-org/GLM-5.2' },
      { model_id: MODEL, metadata: { context_window: 32_768 } },
      { model_id: 'zai-org/GLM-5.3' },
    ],
  });
  expect((await world.get('/models')).status).toBe(401);
  expect((await world.get('/nothing', world.provider.keys.customer)).status).toBe(404);
});

test('another host takes the shared key only, any model, and charges nobody here', async () => {
  await using world = await open();
  const { keys, hostUrl, ledger } = world.provider;
  const body = { ...ask('Say hi'), model: 'anything' };
  expect((await world.chat(body, keys.pool, hostUrl('somewhere'))).status).toBe(200);
  expect((await world.chat(body, keys.customer, hostUrl('somewhere'))).status).toBe(401);
  expect(ledger()).toEqual({ charged_usd: 0, requests: 0, byKey: {} });
});

test('failures happen where they are set, until they are deleted', async () => {
  await using world = await open();
  const { failures, keys, hostUrl } = world.provider;
  failures.own = { kind: 'status', status: 500, body: '{"detail":"broken"}' };
  expect(await world.chat(ask('Say hi'))).toMatchObject({ status: 500, json: { detail: 'broken' } });
  expect((await world.chat(ask('Say hi'), keys.pool, hostUrl('other'))).status).toBe(200);
  delete failures.own;
  expect((await world.chat(ask('Say hi'))).status).toBe(200);
});

test('a connection can break before the answer, in the middle of it, or stay silent', async () => {
  await using world = await open();
  const { failures } = world.provider;
  for (const stream of [false, true]) {
    for (const afterEvents of [0, 3]) {
      failures.own = { kind: 'cut', afterEvents };
      await expect(world.chat({ ...ask('Count from 1 to 50'), stream })).rejects.toThrow();
    }
  }
  failures.own = { kind: 'silence' };
  const before = world.clock.now();
  await expect(world.chat(ask('Say hi'))).rejects.toThrow();
  expect(world.clock.now() - before).toBe(3_600_000);
});

test('an error can come as an event of the stream', async () => {
  await using world = await open();
  world.provider.failures.own = { kind: 'stream-error', afterEvents: 2 };
  const { status, text } = await world.chat({ ...ask('Count from 1 to 50'), stream: true });
  expect(status).toBe(200);
  expect(eventsIn(text)).toMatchObject([{ choices: {} }, { choices: {} }, { error: { code: 500 } }]);
  expect((await world.chat(ask('Count from 1 to 50'))).status).toBe(500);
});

test('the same requests get the same bytes at the same times, alone or beside others', async () => {
  const bodies = ['Count from 1 to 20', 'Reply with exactly: 日本 👨‍👩‍👧', 'Write a long story.'].map((prompt) => ({
    ...ask(prompt),
    stream: true,
    max_tokens: 60,
  }));
  const beside = async () => {
    await using world = await open();
    return await Promise.all(bodies.map((body) => world.chat(body)));
  };
  const alone = async () => {
    await using world = await open();
    const answers: Answer[] = [];
    for (const body of bodies) answers.push(await world.chat(body));
    return answers;
  };
  const [first, second] = [await beside(), await beside()];
  expect(second).toEqual(first);
  const timed = (answers: Answer[]) => answers.map(({ chunks }) => chunks.map(([bytes, at]) => [bytes.length, at]));
  expect(timed(await alone())).toEqual(timed(first));
  await using other = await open('another seed');
  expect((await other.chat(bodies[0] ?? {})).text).not.toEqual(first[0]?.text);
});
