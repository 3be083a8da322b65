import { routerMetadata } from './metadata.ts';
import {
  always,
  amount,
  anything,
  array,
  boolean,
  count,
  integer,
  nullable,
  number,
  object,
  oneOf,
  string,
  text,
  type Schema,
} from './shape.ts';

/** The parts have other names than on /chat/completions. Source: Usage in the OpenAPI document. */
const usage = nullable(
  object(
    {
      input_tokens: count,
      output_tokens: count,
      total_tokens: count,
      input_tokens_details: object({ cached_tokens: count }, { cache_write_tokens: nullable(count) }),
      output_tokens_details: object({ reasoning_tokens: count }),
    },
    {
      cost: nullable(amount),
      is_byok: boolean,
      cost_details: nullable(
        object(
          { upstream_inference_input_cost: number, upstream_inference_output_cost: number },
          { upstream_inference_cost: nullable(amount) },
        ),
      ),
    },
  ),
);

/** `type` is an open set: server tools bring items of their own. */
export const outputItem: Schema = object(
  { type: text },
  { id: string, status: string, content: array(object({ type: text })), summary: array(object({ type: text })) },
);

/** Source: ResponsesErrorField; its list of codes is left open. */
const responseError: Schema = object({ code: text, message: text });

const fields = {
  id: text,
  object: always('response'),
  created_at: integer,
  completed_at: nullable(integer),
  status: oneOf('completed', 'incomplete', 'in_progress', 'failed', 'cancelled', 'queued'),
  error: nullable(responseError),
  incomplete_details: nullable(object({}, { reason: text })),
  output: array(outputItem),
  model: text,
  instructions: anything,
  metadata: nullable(object({})),
  tools: array(object({ type: text })),
  tool_choice: anything,
  parallel_tool_calls: boolean,
  temperature: nullable(number),
  top_p: nullable(number),
  presence_penalty: nullable(number),
  frequency_penalty: nullable(number),
};
const further = {
  usage,
  error_type: string,
  openrouter_metadata: nullable(routerMetadata),
  service_tier: nullable(string),
};

/** POST /responses, and the `response` of its created, in_progress, completed and incomplete events. Source: OpenResponsesResult. */
export const responsesResult: Schema = object(fields, further);

/** The documentation's example of a failed response has but these four fields. Source: api_reference/responses/error-handling. */
export const failedResponse: Schema = object(
  { id: text, status: always('failed'), error: responseError },
  { ...fields, ...further, id: text, status: always('failed'), error: responseError },
);
