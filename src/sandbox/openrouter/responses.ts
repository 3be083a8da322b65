import type { ApiRequest } from './api-request.ts';
import { responsesJson } from './responses-json.ts';
import { parseResponsesRequest } from './responses-request.ts';
import { responsesStream } from './responses-stream.ts';
import { responsesToChat } from './responses-to-chat.ts';
import { checkResponsesTools } from './responses-tools.ts';
import { serve } from './serve.ts';
import type { ApiKey } from './state.ts';
import type { World } from './world.ts';

/** POST /responses */
export async function responses(world: World, apiRequest: ApiRequest<ApiKey>): Promise<void> {
  const request = parseResponsesRequest(apiRequest.body);
  checkResponsesTools(request);
  const skin = request.stream ? responsesStream(request) : responsesJson(request);
  await serve(world, apiRequest, { request: responsesToChat(request), skin });
}
