import type { ApiError } from './api-error.ts';
import { ResponseOutput, type ResponseEvent } from './responses-output.ts';
import type { ResponsesRequest } from './responses-request.ts';
import { errorCodeOf, isShortened, responseOf, statusOf } from './responses-result.ts';
import type { AnswerHead, Skin } from './skin.ts';

const done = 'data: [DONE]\n\n';

/** A response as an event stream: no `event:` lines, the number of an event is its last key, comments are empty (2026-08). */
export function responsesStream(request: ResponsesRequest): Skin {
  let output: ResponseOutput | null = null;
  let sequence = 0;

  const write = (events: readonly ResponseEvent[]): string[] =>
    events.map((event) => `data: ${JSON.stringify({ ...event, sequence_number: sequence++ })}\n\n`);

  /** The output, and the events that announce it the first time. */
  function begun(head: AnswerHead): { output: ResponseOutput; opening: ResponseEvent[] } {
    if (output) return { output, opening: [] };
    output = new ResponseOutput(head.id);
    const response = responseOf(request, head, { status: 'in_progress', output: [] });
    return { output, opening: ['response.created', 'response.in_progress'].map((type) => ({ type, response })) };
  }

  return {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' },
    keepAlive: ': \n\n',
    shortens: isShortened,
    event(head, event) {
      const { output: growing, opening } = begun(head);
      return write([...opening, ...growing.take(event)]);
    },
    finish(head, outcome) {
      const { output: growing, opening } = begun(head);
      const status = statusOf(outcome);
      const closing = growing.close(status);
      const response = responseOf(request, head, { status, output: growing.items, outcome });
      return [...write([...opening, ...closing, { type: `response.${status}`, response }]), done];
    },
    fail(head, error, at) {
      if (at?.form === 'bare') return [JSON.stringify(error.body())];
      const told = at?.form === 'error-event' || at?.form === 'response-error-event';
      // Without a response that could have failed there is only the event.
      if (!output || told) return [...write([errorEvent(error, at?.form === 'response-error-event')]), done];
      output.close('incomplete');
      const response = responseOf(request, head, { status: 'failed', output: output.items, error });
      return [...write([{ type: 'response.failed', response }]), done];
    },
  };
}

/** Flat by the specification; the guide has `response.error` too, in which code and message lie in an object. */
function errorEvent({ message, errorType, availability, routing }: ApiError, isNested: boolean): ResponseEvent {
  const error = { code: errorCodeOf(errorType), message };
  return {
    ...(isNested ? { type: 'response.error', error } : { type: 'error', ...error, param: null }),
    error_type: errorType,
    ...(availability && { availability }),
    ...(routing !== undefined && { openrouter_metadata: routing }),
  };
}
