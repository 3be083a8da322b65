import type { ApiRequest } from './api-request.ts';
import { chatJson } from './chat-json.ts';
import { parseChatRequest } from './chat-request.ts';
import { chatStream } from './chat-stream.ts';
import { serve } from './serve.ts';
import type { ApiKey } from './state.ts';
import type { World } from './world.ts';

/** POST /chat/completions */
export async function chat(world: World, apiRequest: ApiRequest<ApiKey>): Promise<void> {
  const request = parseChatRequest(apiRequest.body);
  await serve(world, apiRequest, { request, skin: request.stream ? chatStream() : chatJson() });
}
