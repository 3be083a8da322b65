/**
 * Every documented error of /responses, in the envelope of that API.
 * https://openrouter.ai/docs/api_reference/responses/error-handling
 */
import { inferenceErrors, type InferenceErrorId, type InferenceProvocation } from '../src/index.ts';
import { chatProvocations, shortContext } from './provocations/chat.ts';

const input = 'Reply with exactly: ok';
const search = { type: 'openrouter:tool_search' };
const lookup = {
  type: 'function',
  name: 'lookup',
  parameters: { type: 'object', properties: {} },
  defer_loading: true,
};
const counting = { messages: [{ role: 'user', content: 'Count from 1 to 40' }] };

const own = {
  'responses/400-schema': { own: { responses: { max_output_tokens: 16, input: 5 } } },
  'responses/400-store': { own: { responses: { max_output_tokens: 16, input, store: true } } },
  'responses/400-previous-response-id': {
    own: { responses: { max_output_tokens: 16, input, previous_response_id: 'resp_x' } },
  },
  'responses/400-bash-tool': {
    own: { responses: { max_output_tokens: 16, input, tools: [{ type: 'openrouter:bash' }] } },
  },
  'responses/400-tool-search-conflict': {
    own: { responses: { max_output_tokens: 16, input, tools: [search, lookup], tool_choice: 'required' } },
  },
  'responses/400-tool-search-bm25': {
    own: { responses: { max_output_tokens: 16, input, tools: [{ type: 'tool_search_tool_bm25_20251119' }, lookup] } },
  },
  'responses/400-subagent-replay': {
    own: {
      responses: {
        max_output_tokens: 16,
        input: [
          { role: 'user', content: input },
          { type: 'function_call', call_id: 'call_1', name: 'lookup', arguments: '{}', subagent_id: 'nobody' },
          { type: 'function_call_output', call_id: 'call_1', output: '{}' },
        ],
      },
    },
  },
  'responses/200-failed-json': { given: 'incident:provider-cuts-off', body: counting },
  'responses/sse-response-failed': { given: 'incident:provider-cuts-off', body: counting },
  'responses/sse-response-error': { given: 'incident:response-error-event', body: counting },
  'responses/sse-error': { given: 'incident:error-event', body: counting },
  'responses/200-length-context': {
    fitness: shortContext,
    body: { messages: [{ role: 'user', content: 'a '.repeat(70_000) }] },
  },
  'responses/200-length-max-tokens': { body: { ...counting, max_tokens: 1 } },
  'responses/200-length-token-limit': { given: 'incident:provider-token-limit' },
  'responses/200-length-string': { given: 'incident:provider-string-too-long' },
} satisfies Record<InferenceErrorId<'responses'>, InferenceProvocation>;

inferenceErrors('responses', { ...chatProvocations, ...own });
