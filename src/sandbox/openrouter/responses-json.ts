import { ResponseOutput } from './responses-output.ts';
import type { ResponsesRequest } from './responses-request.ts';
import { isShortened, responseOf, statusOf } from './responses-result.ts';
import type { AnswerHead, Skin } from './skin.ts';

/** A response in one piece; blanks keep the connection alive before it. */
export function responsesJson(request: ResponsesRequest): Skin {
  let output: ResponseOutput | null = null;
  const outputOf = ({ id }: AnswerHead) => (output ??= new ResponseOutput(id));
  return {
    headers: { 'content-type': 'application/json' },
    keepAlive: '\n         \n',
    shortens: isShortened,
    event(head, event) {
      outputOf(head).take(event);
      return [];
    },
    finish(head, outcome) {
      const status = statusOf(outcome);
      const growing = outputOf(head);
      growing.close(status);
      return [JSON.stringify(responseOf(request, head, { status, output: growing.items, outcome }))];
    },
    fail(head, error, at) {
      if (at?.form === 'bare') return [JSON.stringify(error.body())];
      const growing = outputOf(head);
      growing.close('incomplete');
      return [JSON.stringify(responseOf(request, head, { status: 'failed', output: growing.items, error }))];
    },
  };
}
