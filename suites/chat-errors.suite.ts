/**
 * Every documented error of /chat/completions, each beside the ordinary request, which succeeds.
 * https://openrouter.ai/docs/api_reference/errors-and-debugging
 */
import { inferenceErrors } from '../src/index.ts';
import { chatProvocations } from './provocations/chat.ts';

inferenceErrors('chat', chatProvocations);
