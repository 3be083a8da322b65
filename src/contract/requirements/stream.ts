import type { Requirement } from '../requirement.ts';
import type { RequirementId } from '../requirement-id.ts';
import { docs, spec } from './source.ts';

const streaming = 'api_reference/streaming';
const overview = 'api_reference/overview';

export const streamRequirements = {
  'stream.framing': docs(
    streaming,
    'Streaming',
    'A stream is text/event-stream made of data lines, each holding one JSON object, and of comments.',
  ),
  'stream.done': spec('POST /chat/completions, sentinel', 'The last event of a chat stream is [DONE], once.'),
  'stream.comments': docs(
    streaming,
    'Additional Information',
    'Comment lines may stand anywhere in a stream and carry no data.',
  ),
  'stream.usage-last': docs(
    overview,
    'CompletionsResponse',
    'Usage comes exactly once, in the last chunk of the stream.',
  ),
  'stream.finish-reason': spec(
    'ChatFinishReasonEnum',
    'An answer ends with one finish reason: tool_calls, stop, length, content_filter or error.',
  ),
  'stream.constant-ids': spec('ChatStreamChunk', 'Every chunk of a stream names the same id and model.'),
  'stream.error-before-token': docs(
    streaming,
    'Handling Errors: Pre-Stream',
    'An error before the first token is a plain JSON error with its own HTTP status.',
  ),
  'stream.error-mid-stream': docs(
    streaming,
    'Handling Errors: Mid-Stream',
    'An error after the first token comes as a chunk with error and finish reason error, and ends the stream.',
  ),
  'stream.events': spec(
    'StreamEvents, MessagesStreamEvents',
    'A stream of /responses or /messages opens once, tells each part in order and closes once.',
  ),
  'stream.sequence': spec('StreamEvents, sequence_number', 'The events of a /responses stream are numbered in order.'),
} satisfies Record<Extract<RequirementId, `stream.${string}`>, Requirement>;
