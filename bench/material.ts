import type { Material } from './tool.ts';

const usage = { prompt_tokens: 12, completion_tokens: 200, total_tokens: 212, cost: 0, is_byok: true };

function head(object: string) {
  const id = 'gen-1795435200-oDsAARwbu63zKhMHOLqK';
  return { id, object, created: 1_795_435_200, model: 'z-ai/glm-5.2', provider: 'Io Net' };
}

function event(delta: object, more: object = {}): string {
  const choices = [{ index: 0, delta: { ...delta, role: 'assistant' }, finish_reason: null }];
  return `data: ${JSON.stringify({ ...head('chat.completion.chunk'), choices, ...more })}\n\n`;
}

function jsonAnswer(sizeBytes: number): string {
  const around = (content: string) => {
    const choices = [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }];
    return JSON.stringify({ ...head('chat.completion'), choices, usage });
  };
  return around('x'.repeat(sizeBytes - around('').length));
}

/** A chat request, its answer of 2 KB, and its answer as a stream of 200 events, each in a chunk of its own. */
export const material: Material = {
  origin: 'https://openrouter.ai',
  request: {
    method: 'POST',
    path: '/api/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: 'Bearer replay-customer' },
    body: JSON.stringify({
      model: 'z-ai/glm-5.2',
      messages: [{ role: 'user', content: 'Count from 1 to 200' }],
      provider: { only: ['io-net'] },
      max_tokens: 256,
    }),
  },
  answers: {
    json: { contentType: 'application/json', chunks: [jsonAnswer(2048)] },
    stream: {
      contentType: 'text/event-stream',
      chunks: [
        ...Array.from({ length: 198 }, (_, index) => event({ content: ` ${index + 1}` })),
        event({ content: '' }, { usage }),
        'data: [DONE]\n\n',
      ],
    },
  },
};
