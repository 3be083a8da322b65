import { failedResponse, outputItem, responsesResult } from './responses.ts';
import { always, anything, array, count, integer, nullable, object, string, text, type Schema } from './shape.ts';

type Fields = Readonly<Record<string, Schema>>;

function event(type: string, fields: Fields, optional: Fields = {}): [string, Schema] {
  return [type, object({ type: always(type), sequence_number: integer, ...fields }, optional)];
}

const item = { output_index: count, item_id: string };
const part = { ...item, content_index: count };
const summary = { ...item, summary_index: count };
const logprobs = array(anything);

const byType: ReadonlyMap<string, Schema> = new Map([
  ...['created', 'in_progress', 'completed', 'incomplete'].map((name) =>
    event(`response.${name}`, { response: responsesResult }),
  ),
  event('response.failed', { response: failedResponse }),
  event('response.output_item.added', { output_index: count, item: outputItem }),
  event('response.output_item.done', { output_index: count, item: outputItem }),
  event('response.content_part.added', { ...part, part: object({ type: text }) }),
  event('response.content_part.done', { ...part, part: object({ type: text }) }),
  event('response.output_text.delta', { ...part, delta: string, logprobs }),
  event('response.output_text.done', { ...part, text: string, logprobs }),
  event('response.refusal.delta', { ...part, delta: string }),
  event('response.refusal.done', { ...part, refusal: string }),
  event('response.reasoning_text.delta', { ...part, delta: string }),
  event('response.reasoning_text.done', { ...part, text: string }),
  event('response.reasoning_summary_part.added', { ...summary, part: object({ type: text }) }),
  event('response.reasoning_summary_part.done', { ...summary, part: object({ type: text }) }),
  event('response.reasoning_summary_text.delta', { ...summary, delta: string }),
  event('response.reasoning_summary_text.done', { ...summary, text: string }),
  event('response.function_call_arguments.delta', { ...item, delta: string }),
  event('response.function_call_arguments.done', { ...item, arguments: string, name: string }),
  event('response.debug', { debug: anything }),
  // The prose nests the error and numbers nothing, the specification lays it flat: nothing is common but the type.
  ['error', object({ type: always('error') }, { code: nullable(string), message: text, param: nullable(string) })],
  ['response.error', object({ type: always('response.error'), error: object({ message: text }) })],
]);

const anyEvent: Schema = object({ type: text, sequence_number: integer });

/** An event of a /responses stream; types that server tools bring with them only have to be numbered. Source: StreamEvents. */
export function responsesEvent(type: string): Schema {
  return byType.get(type) ?? anyEvent;
}
