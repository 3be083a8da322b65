/**
 * Event streams. https://openrouter.ai/docs/api_reference/streaming
 *
 * Framing, ids, usage, finish reason and `[DONE]` are checked on every stream of every suite; these scenarios bring about what they need.
 */
import {
  answered,
  calledTool,
  contentContains,
  finishReasonIs,
  hasReasoning,
  onOwnKey,
  pin,
  refused,
  say,
  scenario,
} from '../src/index.ts';
import { weatherTool } from './material.ts';

scenario({
  id: 'streaming/sound-from-first-to-last',
  says: 'A stream has one id, one usage in its last chunk, a documented finish reason, and ends with `[DONE]`.',
  proves: ['stream.framing', 'stream.done', 'stream.usage-last', 'stream.finish-reason', 'stream.constant-ids'],
  modes: 'stream',
  steps: [
    answered(say('Count from 1 to 100', { provider: pin, max_tokens: 1_024 }), onOwnKey, {
      checks: [finishReasonIs('stop', 'length'), contentContains('100')],
    }),
  ],
});

scenario({
  id: 'streaming/usage-sent-unasked',
  says: 'Usage comes in every stream, whether it was asked for or not.',
  proves: ['stream.usage-last', 'usage.tokens'],
  modes: 'stream',
  steps: [
    answered(say('Reply with exactly: ok', { provider: pin, stream_options: { include_usage: false } }), onOwnKey),
    answered(say('Reply with exactly: ok', { provider: pin, stream_options: { include_usage: true } }), onOwnKey),
  ],
});

scenario({
  id: 'streaming/text-survives-cuts',
  says: 'Characters of several bytes arrive whole, wherever the transport cuts them.',
  proves: ['stream.framing'],
  modes: 'stream',
  steps: [
    answered(say('Reply with exactly: naïve 東京 👩‍👩‍👧‍👦 Ελλάδα', { provider: pin }), onOwnKey, {
      checks: [contentContains('naïve 東京 👩‍👩‍👧‍👦 Ελλάδα')],
    }),
  ],
});

scenario({
  id: 'streaming/comments-are-no-data',
  says: 'Keep-alive comments may stand anywhere in a stream and mean nothing.',
  proves: ['stream.comments'],
  modes: 'stream',
  steps: [answered(say('Reply with exactly: ok', { provider: pin }), onOwnKey, { checks: [contentContains('ok')] })],
});

scenario({
  id: 'streaming/tool-call-assembles',
  says: 'The fragments of a tool call add up to one call with id, name and JSON arguments.',
  proves: ['api.tools', 'stream.framing'],
  modes: 'stream',
  requires: ['tools', 'tool_choice'],
  steps: [
    answered(
      say('What is the weather in Paris?', {
        provider: pin,
        max_tokens: 2_048,
        tools: [weatherTool],
        tool_choice: 'required',
      }),
      onOwnKey,
      {
        checks: [calledTool('get_weather'), finishReasonIs('tool_calls')],
      },
    ),
  ],
});

scenario({
  id: 'streaming/reasoning-before-content',
  says: 'Reasoning is streamed beside the content, in its own fields.',
  proves: ['api.reasoning'],
  modes: 'stream',
  requires: ['reasoning'],
  steps: [
    answered(say('Reply with exactly: ok', { provider: pin, reasoning: { effort: 'high' } }), onOwnKey, {
      checks: [hasReasoning()],
    }),
  ],
});

scenario({
  id: 'streaming/error-before-first-token-is-json',
  says: 'What goes wrong before the first token is a plain JSON error with its status, not a stream.',
  proves: ['stream.error-before-token', 'errors.envelope'],
  modes: 'stream',
  steps: [
    refused(say('Reply with exactly: ok', { provider: { only: ['anthropic'] } }), { status: [404] }),
    answered(say('Reply with exactly: ok', { provider: pin }), onOwnKey),
  ],
});

scenario({
  id: 'streaming/client-may-leave',
  says: 'A client that goes away in mid-stream does no harm: the next request is answered.',
  proves: ['stream.framing'],
  modes: 'stream',
  steps: [
    answered(say('Count from 1 to 200', { provider: pin }), {}, { leaveAfter: 5 }),
    answered(say('Reply with exactly: ok', { provider: pin }), onOwnKey),
  ],
});
