import { live, sandboxOnly } from './provocation.ts';
import type { ErrorRow } from './row.ts';
import { documented, specified } from './source.ts';

const errors = 'api_reference/errors-and-debugging';
const typed = documented(errors, 'Skin-specific error formats: Responses API');
const shortened = documented(errors, 'Error code transformations');
const toolSearch = 'guides/features/server-tools/tool-search';
const breaks = sandboxOnly('a provider has to break in the middle of an answer');

/** Errors of POST /responses that /chat/completions does not have, or in a form of their own. */
export const responsesErrors = {
  'responses/400-schema': {
    endpoint: 'responses',
    says: 'The body is not a Responses request; the code may be the word `invalid_prompt`.',
    status: [400],
    errorType: ['invalid_request', 'invalid_prompt'],
    form: 'envelope',
    source: specified('POST /responses 400'),
    provocation: live('input as a number'),
  },
  'responses/400-store': {
    endpoint: 'responses',
    says: 'Storing is asked of an API that keeps nothing.',
    status: [400],
    errorType: ['invalid_request', 'invalid_prompt'],
    form: 'envelope',
    source: documented('api_reference/responses/overview', 'Stateless'),
    provocation: live('store true'),
  },
  'responses/400-previous-response-id': {
    endpoint: 'responses',
    says: 'An earlier response is referred to in an API that keeps nothing.',
    status: [400],
    errorType: ['invalid_request', 'invalid_prompt'],
    form: 'envelope',
    source: specified('POST /responses: previous_response_id'),
    provocation: live('a previous_response_id'),
  },
  'responses/400-bash-tool': {
    endpoint: 'responses',
    says: 'The server tool openrouter:bash belongs to the Messages API.',
    status: [400],
    errorType: ['invalid_request', 'invalid_prompt'],
    form: 'envelope',
    source: documented('guides/features/server-tools/bash', 'Supported APIs'),
    provocation: live('tool openrouter:bash'),
  },
  'responses/400-tool-search-conflict': {
    endpoint: 'responses',
    says: 'Tool search is combined with a tool_choice that contradicts it.',
    status: [400],
    errorType: ['invalid_request', 'invalid_prompt'],
    message: { pattern: /^`?tool_choice`? conflicts with `?openrouter:tool_search`?/, level: 'must' },
    form: 'envelope',
    source: documented(toolSearch, 'Controlling Tool Choice'),
    provocation: live('tool openrouter:tool_search, a deferred tool and tool_choice "required"'),
  },
  'responses/400-tool-search-bm25': {
    endpoint: 'responses',
    says: 'The BM25 variant of tool search is not offered.',
    status: [400],
    errorType: ['invalid_request', 'invalid_prompt'],
    message: { pattern: /^`?tool_search_tool_bm25(_20251119)?`? is not supported yet\./, level: 'must' },
    form: 'envelope',
    source: documented(toolSearch, 'Supported APIs'),
    provocation: live('tool tool_search_tool_bm25_20251119'),
  },
  'responses/400-subagent-replay': {
    endpoint: 'responses',
    says: 'A replayed function call names a subagent that the conversation does not have.',
    status: [400],
    errorType: ['invalid_request', 'invalid_prompt'],
    form: 'envelope',
    source: documented('guides/features/server-tools/subagent', 'Replaying'),
    provocation: live('a function_call item with an unknown subagent_id'),
  },
  'responses/200-failed-json': {
    endpoint: 'responses',
    says: 'The response object says that it failed, and why.',
    // Which HTTP status this form has is not documented.
    status: [200, 400, 401, 402, 403, 404, 429, 500, 502, 503, 504, 524, 529],
    form: 'failed-object',
    source: typed,
    provocation: breaks,
  },
  'responses/sse-response-failed': {
    endpoint: 'responses',
    says: 'The stream ends with `response.failed`.',
    status: [200],
    form: 'responses-event',
    source: typed,
    provocation: breaks,
  },
  'responses/sse-response-error': {
    endpoint: 'responses',
    says: 'The stream ends with `response.error`, an event that the specification does not have.',
    status: [200],
    form: 'responses-event',
    source: typed,
    provocation: breaks,
  },
  'responses/sse-error': {
    endpoint: 'responses',
    says: 'The stream ends with `error`, flat by the specification, nested by the guide.',
    status: [200],
    form: 'responses-event',
    source: specified('POST /responses 200: ErrorEvent'),
    provocation: breaks,
  },
  'responses/200-length-context': {
    endpoint: 'responses',
    says: 'Too long a context ends the answer early instead of failing it.',
    // Before a provider has been chosen it is an ordinary 400.
    status: [200, 400],
    errorType: ['context_length_exceeded'],
    form: 'shortened-answer',
    source: shortened,
    provocation: live("a prompt longer than the pinned endpoint's context_length"),
  },
  'responses/200-length-max-tokens': {
    endpoint: 'responses',
    says: 'Reaching max_output_tokens ends the answer early instead of failing it.',
    status: [200],
    errorType: ['max_tokens_exceeded'],
    form: 'shortened-answer',
    source: shortened,
    provocation: live('max_output_tokens of the smallest number the provider takes'),
  },
  'responses/200-length-token-limit': {
    endpoint: 'responses',
    says: 'Exceeding a token budget of OpenRouter ends the answer early instead of failing it.',
    status: [200],
    errorType: ['token_limit_exceeded'],
    form: 'shortened-answer',
    source: shortened,
    provocation: sandboxOnly('needs an account that can afford almost nothing'),
  },
  'responses/200-length-string': {
    endpoint: 'responses',
    says: 'Too long a text field ends the answer early instead of failing it.',
    status: [200],
    errorType: ['string_too_long'],
    form: 'shortened-answer',
    source: shortened,
    provocation: sandboxOnly('which provider limits which field, and where, is not published'),
  },
} as const satisfies Record<`responses/${string}`, ErrorRow>;
