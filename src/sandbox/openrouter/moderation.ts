import { ApiError } from './api-error.ts';
import { hostOf } from './catalogue.ts';
import type { ChatRequest } from './chat-request.ts';
import type { Candidate } from './route.ts';

const excerptLength = 100;

/**
 * The refusal of a prompt that the moderation of a model flagged.
 * https://openrouter.ai/docs/api_reference/errors-and-debugging, moderation errors
 */
export function flaggedBy(reasons: readonly string[], { model, endpoint }: Candidate, request: ChatRequest): ApiError {
  const { name } = hostOf(endpoint);
  return new ApiError(
    403,
    `${model.id} requires moderation on ${name}. Your input was flagged for "${reasons.join(', ')}". No credits were charged.`,
    {
      errorType: 'permission_denied',
      metadata: {
        reasons,
        flagged_input: excerpt(textOf(request)),
        provider_name: name,
        model_slug: model.canonicalSlug,
      },
    },
  );
}

const textOf = ({ messages }: ChatRequest): string =>
  messages
    .filter(({ role }) => role === 'user')
    .flatMap(({ content }) =>
      typeof content === 'string' ? [content] : (content ?? []).map((part) => String(part['text'] ?? '')),
    )
    .join('\n');

/** At most a hundred characters: what is longer loses its middle. */
function excerpt(text: string): string {
  const characters = [...text];
  if (characters.length <= excerptLength) return text;
  const half = Math.floor((excerptLength - 1) / 2);
  return `${characters.slice(0, half).join('')}…${characters.slice(-half).join('')}`;
}
