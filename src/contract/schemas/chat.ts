import { errorInBand } from './error.ts';
import { routerMetadata } from './metadata.ts';
import {
  always,
  anything,
  array,
  count,
  integer,
  lenient,
  nullable,
  object,
  oneOf,
  string,
  text,
  type Schema,
} from './shape.ts';
import { usage } from './usage.ts';

/** Source: ChatFinishReasonEnum. */
export const finishReasons = ['tool_calls', 'stop', 'length', 'content_filter', 'error'] as const;

const finishReason = oneOf(...finishReasons, null);

const reasoningDetails = nullable(array(object({ type: text })));

const toolCall = object({
  id: text,
  type: always('function'),
  function: object({ name: text, arguments: string }),
});

const message = object(
  { role: always('assistant') },
  {
    content: { type: ['string', 'array', 'null'] },
    refusal: nullable(string),
    reasoning: nullable(string),
    reasoning_details: reasoningDetails,
    tool_calls: nullable(array(toolCall)),
  },
);

/** Source: ChatResult. `provider` and `native_finish_reason` are always sent but not specified. */
export const chatResult: Schema = lenient(
  object(
    {
      id: text,
      object: always('chat.completion'),
      created: integer,
      model: text,
      choices: array(
        object(
          { index: count, message, finish_reason: finishReason },
          { native_finish_reason: nullable(string), error: errorInBand },
        ),
      ),
      system_fingerprint: nullable(string),
    },
    {
      provider: string,
      service_tier: nullable(string),
      usage,
      openrouter_metadata: nullable(routerMetadata),
      error: errorInBand,
    },
  ),
  // Required since the specification of 2026, though sent only by some upstreams until then.
  { system_fingerprint: 'should' },
);

const toolCallFragment = object(
  { index: count },
  {
    id: nullable(string),
    type: nullable(oneOf('function')),
    // `name: null` in later fragments is how some upstreams stream (2026).
    function: object({}, { name: nullable(string), arguments: nullable(string) }),
  },
);

const delta = object(
  {},
  {
    role: nullable(oneOf('assistant')),
    content: nullable(string),
    refusal: nullable(string),
    reasoning: nullable(string),
    reasoning_details: reasoningDetails,
    tool_calls: nullable(array(toolCallFragment)),
  },
);

/** Source: ChatStreamChunk, with `choices` empty in the usage chunk of early 2026 and in some error chunks. */
export const chatChunk: Schema = object(
  {
    id: text,
    object: always('chat.completion.chunk'),
    created: integer,
    model: text,
    choices: array(
      object({ index: count, delta, finish_reason: finishReason }, { native_finish_reason: nullable(string) }),
    ),
  },
  {
    provider: string,
    system_fingerprint: nullable(string),
    service_tier: nullable(string),
    usage: nullable(usage),
    openrouter_metadata: nullable(routerMetadata),
    error: errorInBand,
    debug: anything,
  },
);
