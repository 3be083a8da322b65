import type { Requirement } from '../requirement.ts';
import type { RequirementId } from '../requirement-id.ts';
import { advised, docs, spec } from './source.ts';

export const apiRequirements = {
  'api.chat-result': spec('ChatResult', 'A chat answer has the documented fields with the documented types.'),
  'api.chat-chunk': spec(
    'ChatStreamChunk',
    'A chunk of a chat stream has the documented fields with the documented types.',
  ),
  'api.responses-result': spec(
    'OpenResponsesResult, StreamEvents',
    'A response and the events of its stream have the documented fields with the documented types.',
  ),
  'api.messages-result': spec(
    'MessagesResult, MessagesStreamEvents',
    'A message and the events of its stream have the documented fields with the documented types.',
  ),
  // Named by the streaming and routing pages, without a path in the specification.
  'api.completions': advised(
    docs('api_reference/streaming', 'Generation ID', 'The older /completions answers with choices that hold a text.'),
  ),
  'api.content-type': spec(
    'responses, content',
    'Answers are application/json; successful streams are text/event-stream.',
  ),
  'api.transport': spec('servers', 'An answer is transferred whole, as valid UTF-8.'),
  'api.models': spec('GET /models', 'The list of models has the documented fields and can be filtered by provider.'),
  'api.model': spec('GET /model/{author}/{slug}', 'A single model can be read by its id.'),
  'api.endpoints-zdr': spec('GET /endpoints/zdr', 'The endpoints that keep no data are listed.'),
  'api.model-endpoints': spec(
    'GET /models/{author}/{slug}/endpoints',
    'The endpoints of a model are listed with provider, tag, price, context length and supported parameters.',
  ),
  'api.providers': spec('GET /providers', 'Providers are listed with name and slug.'),
  'api.key': spec('GET /key', 'A key can read its own limits and usage.'),
  'api.credits': spec('GET /credits', 'A management key can read the credits bought and used.'),
  'api.byok': spec('/byok', 'Provider keys can be listed, created, read, changed and deleted with a management key.'),
  'api.keys': spec('/keys', 'API keys can be listed, created, read, changed and deleted with a management key.'),
  'api.guardrails': spec('/guardrails', 'Guardrails can be managed and assigned to keys with a management key.'),
  'api.workspaces': spec('/workspaces', 'Workspaces can be managed with a management key.'),
  'api.budgets': spec('/workspaces/{id}/budgets', 'The budgets of a workspace can be set, read and deleted.'),
  'api.tools': docs(
    'guides/features/tool-calling',
    'Tool Calling',
    'A call of a tool carries an id, a name the request offered, and arguments that are JSON.',
  ),
  'api.structured-outputs': docs(
    'guides/features/structured-outputs',
    'Using Structured Outputs',
    'With a JSON schema as response format the content is JSON that satisfies the schema.',
  ),
  'api.max-tokens': docs(
    'api_reference/parameters',
    'Max Tokens',
    'No more than max_tokens are generated, and an answer cut there ends with length.',
  ),
  'api.stop': docs(
    'api_reference/parameters',
    'Stop',
    'Generation ends at a stop sequence, which is not part of the content.',
  ),
  'api.reasoning': docs(
    'guides/best-practices/reasoning-tokens',
    'Reasoning Tokens',
    'Reasoning is given in reasoning and reasoning_details, and hidden when it is excluded.',
  ),
  'api.messages': spec('ChatMessages', 'System, user, assistant and tool messages of several turns are accepted.'),
  // Best effort by its own description: providers need not honour a seed.
  'api.seed': advised(docs('api_reference/parameters', 'Seed', 'A seed is accepted by endpoints that list it.')),
  'api.response-cache': docs(
    'guides/features/response-caching',
    'Response Caching',
    'An answer comes from the response cache only when the request asked for that.',
  ),
} satisfies Record<Extract<RequirementId, `api.${string}`>, Requirement>;
