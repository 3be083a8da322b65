import { z } from 'zod';
import { invalidRequest } from './api-error.ts';
import type { ApiRequest } from './api-request.ts';
import { parseChatRequest } from './chat-request.ts';
import { completionsJson } from './completions-json.ts';
import { completionsStream } from './completions-stream.ts';
import { serve } from './serve.ts';
import type { ApiKey } from './state.ts';
import type { World } from './world.ts';

const withPrompt = z.looseObject({ prompt: z.string().min(1) });

/** POST /completions, which the specification does not have: the parameters are those of chat, the prompt is one text. */
export async function completions(world: World, apiRequest: ApiRequest<ApiKey>): Promise<void> {
  const parsed = withPrompt.safeParse(apiRequest.body);
  if (!parsed.success) throw invalidRequest('Input required: specify "prompt" or "messages"');
  const { prompt, ...same } = parsed.data;
  const request = parseChatRequest({ ...same, messages: [{ role: 'user', content: prompt }] });
  await serve(world, apiRequest, { request, skin: request.stream ? completionsStream() : completionsJson() });
}
