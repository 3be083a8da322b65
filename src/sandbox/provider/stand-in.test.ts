import { describe, expect, test } from 'vitest';
import { type ChatRequest, chatRequest } from './request.ts';
import { standIn } from './stand-in.ts';

/** A reply to one prompt, or to a conversation. */
function reply(prompt: string | object[], more: object = {}) {
  const messages = typeof prompt === 'string' ? [{ role: 'user', content: prompt }] : prompt;
  return standIn(chatRequest.parse({ model: 'm', messages, ...more }) satisfies ChatRequest);
}

function text(prompt: string | object[], more: object = {}): string {
  return reply(prompt, more).content.join('');
}

const user = (content: string) => ({ role: 'user', content });
const system = (content: string) => ({ role: 'system', content });
const weather = {
  type: 'function',
  function: {
    name: 'get_weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};
const add = {
  type: 'function',
  function: {
    name: 'add_numbers',
    parameters: {
      type: 'object',
      properties: { a: { type: 'integer' }, b: { type: 'integer' } },
      required: ['a', 'b'],
    },
  },
};

describe('text', () => {
  test.for([
    ['Reply with exactly: pong', 'pong'],
    ['Reply with exactly this and nothing else: a: b\nc', 'a: b\nc'],
    ['Reply with exactly: "quoted"', 'quoted'],
    ['Reply with the single word pong and nothing else.', 'pong'],
    ['Reply with OK.', 'OK'],
    ['My name is Ada. Reply with exactly: noted', 'noted'],
    ['Say hello.', 'hello'],
    ['Reply with exactly: žluťoučký 日本語 👩🏽‍🚀👨‍👩‍👧 ñ', 'žluťoučký 日本語 👩🏽‍🚀👨‍👩‍👧 ñ'],
  ])('echoes what %j asks for', ([prompt, echoed]) => {
    expect(text(prompt ?? '')).toBe(echoed);
  });

  test('counts', () => {
    expect(text('Count from 1 to 12.')).toBe('1 2 3 4 5 6 7 8 9 10 11 12');
    expect(text('Please count from 3 to 5')).toBe('3 4 5');
  });

  test('is a fixed sentence about anything else, the same for the same prompt and seed', () => {
    expect(text('What is two and two?', { seed: 7 })).toBe(text('What is two and two?', { seed: 7 }));
    expect(text('What is two and two?')).toContain('What is two and two?');
  });

  test('remembers the conversation', () => {
    const turns = [user('The word is banana.'), { role: 'assistant', content: 'ok' }];
    expect(text([...turns, user('What did I say first?')])).toContain('"The word is banana."');
    expect(text([...turns, user('Which word was it?')])).toContain('banana');
  });

  test.for([
    'End every reply with <DONE>.',
    'Always end with <DONE>',
    'End each of your answers with the word "<DONE>".',
  ])('obeys a system message that says %j', (rule) => {
    expect(text([system(rule), user('Reply with exactly: yes')])).toBe('yes <DONE>');
    expect(text([system(rule), user('What is it?')])).toMatch(/What is it\?.* <DONE>$/);
  });

  test('of the system message is said when the user asks for nothing in particular', () => {
    expect(text([system('Reply only with the word PINEAPPLE.'), user('Hello there')])).toBe('PINEAPPLE');
  });
});

describe('limits', () => {
  test('a long text ends at exactly the tokens allowed, for both names of the limit', () => {
    for (const limit of [{ max_tokens: 16 }, { max_completion_tokens: 16 }]) {
      expect(reply('Write a long story.', limit)).toMatchObject({ finishReason: 'length', completionTokens: 16 });
    }
  });

  test('a text that just fits is not cut', () => {
    expect(reply('Count from 1 to 5', { max_tokens: 5 })).toMatchObject({ finishReason: 'stop', completionTokens: 5 });
    expect(reply('Count from 1 to 5', { max_tokens: 4 })).toMatchObject({
      finishReason: 'length',
      completionTokens: 4,
    });
  });

  test('the first stop sequence cuts the text before itself', () => {
    const stopped = reply('Count from 1 to 10', { stop: ['7', ' 5'] });
    expect(stopped).toMatchObject({ finishReason: 'stop', stopReason: ' 5' });
    expect(stopped.content.join('')).toBe('1 2 3 4');
    expect(text('Count from 1 to 10', { stop: '3' })).toBe('1 2 ');
  });

  test('reasoning counts towards the limit', () => {
    const cut = reply('Reply with exactly: pong', { max_tokens: 3, reasoning: { effort: 'high' } });
    expect(cut).toMatchObject({ finishReason: 'length', completionTokens: 3, content: [] });
    expect(cut.reasoning).toHaveLength(3);
  });
});

describe('reasoning', () => {
  test.for([{ reasoning: { effort: 'low' } }, { reasoning: { enabled: true } }, { reasoning_effort: 'medium' }])(
    'comes when asked for with %j',
    (asked) => {
      const { reasoning, content, completionTokens } = reply('Say hi', asked);
      expect(reasoning.length).toBeGreaterThan(0);
      expect(completionTokens).toBe(reasoning.length + content.length);
    },
  );

  test.for([{}, { reasoning: { effort: 'none' } }, { reasoning: { enabled: false } }, { reasoning_effort: 'none' }])(
    'stays away with %j',
    (asked) => {
      expect(reply('Say hi', asked).reasoning).toEqual([]);
    },
  );
});

describe('tools', () => {
  const called = (prompt: string | object[], more: object) =>
    reply(prompt, more).toolCalls.map(({ name, arguments: json }) => [name, JSON.parse(json) as unknown]);

  test('are called when the user speaks of their subject', () => {
    const answer = reply('What is the weather in Paris?', { tools: [weather, add] });
    expect(answer).toMatchObject({ finishReason: 'tool_calls', content: [] });
    expect(answer.toolCalls).toEqual([{ name: 'get_weather', arguments: '{"city":"Paris"}' }]);
    expect(called('Please add 19 and 23.', { tools: [weather, add] })).toEqual([['add_numbers', { a: 19, b: 23 }]]);
    expect(called('Use the tool "get_weather" for Oslo.', { tools: [weather] })).toEqual([
      ['get_weather', { city: 'Oslo' }],
    ]);
  });

  test('are left alone when the user speaks of something else, or forbids them', () => {
    expect(called('Reply with exactly: pong', { tools: [weather] })).toEqual([]);
    expect(called('What is the weather in Paris?', { tools: [weather], tool_choice: 'none' })).toEqual([]);
    expect(called('Guess the weather in Paris without any tool.', { tools: [weather] })).toEqual([]);
  });

  test('are called when forced, whatever is said', () => {
    expect(called('Hello', { tools: [weather, add], tool_choice: 'required' })).toEqual([
      ['get_weather', { city: 'sample' }],
    ]);
    const named = { type: 'function', function: { name: 'add_numbers' } };
    expect(called('Hello', { tools: [weather, add], tool_choice: named })).toEqual([['add_numbers', { a: 1, b: 1 }]]);
  });

  test('are called once per place, unless parallel calls are switched off', () => {
    const prompt = 'What is the weather in both Paris and New York? Make both calls.';
    const cities = [
      ['get_weather', { city: 'Paris' }],
      ['get_weather', { city: 'New York' }],
    ];
    expect(called(prompt, { tools: [weather] })).toEqual(cities);
    expect(called(prompt, { tools: [weather], parallel_tool_calls: false })).toEqual(cities.slice(0, 1));
  });

  test('have their results reported', () => {
    const call = { id: 'c1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Paris"}' } };
    const conversation = [
      user('What is the weather in Paris?'),
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'c1', content: '{"celsius":21}' },
    ];
    const answer = reply(conversation, { tools: [weather] });
    expect(answer).toMatchObject({ finishReason: 'stop', toolCalls: [] });
    expect(answer.content.join('')).toContain('{"celsius":21}');
  });
});

describe('JSON', () => {
  test('satisfies the schema asked for, with values from the prompt', () => {
    const schema = { type: 'object', properties: { name: { type: 'string' }, population: { type: 'integer' } } };
    const format = { type: 'json_schema', json_schema: { name: 'city', strict: true, schema } };
    const written = text('Describe the city of Paris with 2000000 people.', { response_format: format });
    expect(JSON.parse(written)).toEqual({ name: 'Paris', population: 2_000_000 });
  });

  test('is an object in free JSON mode, and the one asked for when there is one', () => {
    const format = { response_format: { type: 'json_object' } };
    expect(JSON.parse(text('Hello', format))).toEqual({ answer: expect.any(String) });
    expect(text('Reply with exactly: {"a":1}', format)).toBe('{"a":1}');
  });
});

test('prompt tokens grow with everything that is sent', () => {
  const plain = reply('Hello').promptTokens;
  expect(plain).toBeGreaterThan(0);
  expect(reply('Hello there').promptTokens).toBeGreaterThan(plain);
  expect(reply('Hello', { tools: [weather] }).promptTokens).toBeGreaterThan(plain);
  expect(reply([system('Be brief.'), user('Hello')]).promptTokens).toBeGreaterThan(plain);
  const picture = { type: 'image_url', image_url: { url: 'data:,' } };
  expect(reply([{ role: 'user', content: [{ type: 'text', text: 'Hello' }, picture] }]).promptTokens).toBeGreaterThan(
    plain,
  );
});
