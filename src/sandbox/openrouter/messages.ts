import type { ApiRequest } from './api-request.ts';
import { messagesJson } from './messages-json.ts';
import { parseMessagesRequest } from './messages-request.ts';
import { messagesStream } from './messages-stream.ts';
import { messagesToChat } from './messages-to-chat.ts';
import { serve } from './serve.ts';
import type { ApiKey } from './state.ts';
import type { World } from './world.ts';

/** POST /messages */
export async function messages(world: World, apiRequest: ApiRequest<ApiKey>): Promise<void> {
  const request = parseMessagesRequest(apiRequest.body);
  const skin = request.stream ? messagesStream() : messagesJson();
  await serve(world, apiRequest, { request: messagesToChat(request), skin });
}
