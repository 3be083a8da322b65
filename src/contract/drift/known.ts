import type { Difference } from './difference.ts';

/** A difference that is known not to be a change: two sources of the contract disagree, or only one of them says it. */
export interface KnownDifference extends Pick<Difference, 'path' | 'what'> {
  reason: string;
}

const typedOnly = 'The prose gives this status to an error type; the specification of the operation does not list it.';
const specifiedOnly =
  'The specification lists this status and explains it nowhere; the catalogue has what prose explains, the 404.';
const sentUnspecified = 'Sent by OpenRouter and named in its prose, missing from its schemas.';
const seenOnly = 'Accepted because it was seen in traffic; neither prose nor specification has it.';
const notLookedInto = 'Describes the model for display; no check depends on it.';

/** Those of the specification of August 2026. One that no longer shows is itself a difference. */
export const knownDifferences: readonly KnownDifference[] = [
  { path: 'POST /chat/completions 412', what: 'gone', reason: typedOnly },
  { path: 'POST /chat/completions 504', what: 'gone', reason: typedOnly },
  { path: 'POST /responses 412', what: 'gone', reason: typedOnly },
  { path: 'POST /responses 504', what: 'gone', reason: typedOnly },
  { path: 'POST /messages 402', what: 'gone', reason: typedOnly },
  { path: 'POST /messages 504', what: 'gone', reason: typedOnly },
  {
    path: 'POST /completions',
    what: 'gone',
    reason: 'The legacy operation is named in prose and served, but not specified.',
  },
  {
    path: 'GET /model/{author}/{slug} 403',
    what: 'new',
    reason: specifiedOnly,
  },
  {
    path: 'GET /model/{author}/{slug} 500',
    what: 'new',
    reason: specifiedOnly,
  },
  {
    path: 'PipelineStageType router',
    what: 'gone',
    reason: "The auto router's page shows a stage of this type, and it was seen; the schema has five others.",
  },
  { path: 'ProviderSort exacto', what: 'new', reason: 'The prose has three values, the specification four.' },
  {
    path: 'MessagesResult.usage.output_tokens_details.thinking_tokens',
    what: 'changed',
    reason: 'Details of usage are never required of an answer, whatever the specification requires within them.',
  },
  { path: 'ChatResult.provider', what: 'gone', reason: sentUnspecified },
  { path: 'ChatResult.choices[].native_finish_reason', what: 'gone', reason: sentUnspecified },
  { path: 'ChatResult.choices[].error', what: 'gone', reason: sentUnspecified },
  { path: 'ChatResult.error', what: 'gone', reason: seenOnly },
  { path: 'ChatResult.usage.completion_tokens_details.image_tokens', what: 'gone', reason: seenOnly },
  { path: 'ChatStreamChunk.provider', what: 'gone', reason: sentUnspecified },
  { path: 'ChatStreamChunk.choices[].native_finish_reason', what: 'gone', reason: sentUnspecified },
  { path: 'ChatStreamChunk.debug', what: 'gone', reason: sentUnspecified },
  { path: 'ChatStreamChunk.usage.completion_tokens_details.image_tokens', what: 'gone', reason: seenOnly },
  {
    path: 'GET /models/{author}/{slug}/endpoints 200 data.architecture.tokenizer',
    what: 'new',
    reason: notLookedInto,
  },
  {
    path: 'GET /models/{author}/{slug}/endpoints 200 data.architecture.instruct_type',
    what: 'new',
    reason: notLookedInto,
  },
];
