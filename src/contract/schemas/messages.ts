import { routerMetadata } from './metadata.ts';
import {
  always,
  amount,
  anything,
  array,
  boolean,
  count,
  lenient,
  nullable,
  object,
  oneOf,
  string,
  text,
  type Schema,
} from './shape.ts';
import { costDetails } from './usage.ts';

/** Source: ORAnthropicStopReason. */
export const stopReason: Schema = oneOf(
  'end_turn',
  'max_tokens',
  'model_context_window_exceeded',
  'stop_sequence',
  'tool_use',
  'pause_turn',
  'refusal',
  'compaction',
  null,
);

const counts = {
  cache_creation_input_tokens: nullable(count),
  cache_read_input_tokens: nullable(count),
};
/** Required by Anthropic's own schema, though the only usages seen, of 2026-09, leave them out. */
const beside = {
  cache_creation: nullable(object({})),
  inference_geo: nullable(string),
  output_tokens_details: nullable(object({}, { thinking_tokens: count })),
  server_tool_use: nullable(object({})),
  service_tier: nullable(string),
};
const unseen = {
  cache_creation: 'observed',
  inference_geo: 'observed',
  output_tokens_details: 'observed',
  server_tool_use: 'observed',
  service_tier: 'observed',
} as const;

const usage = lenient(
  object(
    { input_tokens: count, output_tokens: count, ...counts, ...beside },
    { cost: nullable(amount), is_byok: boolean, cost_details: nullable(costDetails) },
  ),
  unseen,
);

/** `usage` of the message_delta event: without cost and is_byok. */
export const deltaUsage: Schema = lenient(
  object({
    input_tokens: nullable(count),
    output_tokens: count,
    ...counts,
    output_tokens_details: beside.output_tokens_details,
    server_tool_use: beside.server_tool_use,
  }),
  unseen,
);

/** `type` is an open set: server tools bring blocks of their own. */
export const contentBlock: Schema = object(
  { type: text },
  { text: string, thinking: string, id: text, name: text, input: anything },
);

/** POST /messages, and the message of its message_start event. Source: MessagesResult. */
export const messagesResult: Schema = object(
  {
    id: text,
    type: always('message'),
    role: always('assistant'),
    model: text,
    content: array(contentBlock),
    stop_reason: stopReason,
    stop_sequence: nullable(string),
    stop_details: nullable(object({})),
    container: nullable(object({})),
    usage,
  },
  { provider: string, openrouter_metadata: nullable(routerMetadata) },
);
