import type { ErrorForm, ErrorRow, Skin } from '../contract/errors/row.ts';
import type { Answer } from '../exchange/answer-view.ts';
import { readAnswer } from '../exchange/answer.ts';
import type { Exchange } from '../exchange/exchange.ts';

/** The documented forms, and a body under 200 that is nothing but an error (seen 2026-08-27). */
export type SeenForm = ErrorForm | 'bare';

const inWords: Record<SeenForm, string> = {
  envelope: 'an envelope under its own status',
  edge: 'a page of the edge under its own status',
  'mid-stream': 'a chunk with an error',
  choice: 'an error inside the choice',
  'responses-event': 'an error event of the Responses API',
  'messages-event': 'an error event of the Messages API',
  'failed-object': 'a response with status failed',
  'shortened-answer': 'an answer that ends early',
  silent: 'an answer without content, or with an error for its native finish reason only',
  truncated: 'a stream without an end',
  bare: 'a bare error body under 200',
};

export function formInWords(form: SeenForm): string {
  return inWords[form];
}

/** The form in which an exchange fails, null when it does not. */
export function formOf(exchange: Exchange): SeenForm | null {
  const status = exchange.response?.status;
  if (status === undefined) return null;
  const answer = readAnswer(exchange);
  if (answer?.error?.where === 'response' && answer.mode === 'json') return 'failed-object';
  if (status >= 400) return answer?.error && answer.mode === 'json' ? 'envelope' : 'edge';
  return answer === null ? null : (inBandForm(answer) ?? endingForm(answer));
}

function inBandForm({ error, mode, skin }: Answer): SeenForm | null {
  if (error === null) return null;
  if (error.where === 'bare') return 'bare';
  if (mode === 'json') return 'choice';
  return streamForms[skin];
}

const streamForms: Record<Skin, ErrorForm> = {
  chat: 'mid-stream',
  completions: 'mid-stream',
  responses: 'responses-event',
  messages: 'messages-event',
};

function endingForm(answer: Answer): SeenForm | null {
  if (/^(?:network_)?error$/.test(answer.nativeFinishReason ?? answer.finishReason ?? '')) return 'silent';
  if (answer.mode === 'stream' && answer.ending === null && !answer.done) return 'truncated';
  // Cut at a limit is cut at a limit, even before the first token.
  if (answer.finishReason === 'length') return 'shortened-answer';
  return answer.content + answer.reasoning + answer.refusal === '' && answer.toolCalls.length === 0 ? 'silent' : null;
}

/** The forms a row accepts on an inference API, the documented one first. */
export function formsOf({ form, status }: ErrorRow, skin: Skin): readonly SeenForm[] {
  const forms = formsUnder(form, skin);
  // Once keep-alives have been sent, so has the status; and what can end an answer can come before there is one.
  if (form === 'envelope') return status.includes(200) ? [...forms, 'bare'] : forms;
  return status.some((code) => code >= 400) && !forms.includes('envelope') ? [...forms, 'envelope'] : forms;
}

function formsUnder(form: ErrorForm, skin: Skin): readonly SeenForm[] {
  switch (form) {
    case 'envelope':
      return ['envelope'];
    case 'edge':
      return ['edge', 'envelope'];
    case 'mid-stream':
    case 'responses-event':
    case 'messages-event':
      return [streamForms[skin], 'bare'];
    case 'choice':
      return ['choice', 'bare'];
    case 'failed-object':
    case 'shortened-answer':
    case 'silent':
    case 'truncated':
      return [form];
  }
}
