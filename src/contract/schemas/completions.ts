import { finishReasons } from './chat.ts';
import { errorInBand } from './error.ts';
import { routerMetadata } from './metadata.ts';
import { array, count, integer, nullable, object, oneOf, string, text, type Schema } from './shape.ts';
import { usage } from './usage.ts';

const choice = object(
  { text: string, finish_reason: oneOf(...finishReasons, null) },
  { index: count, native_finish_reason: nullable(string), reasoning: nullable(string), error: errorInBand },
);

/**
 * The older /completions, a result as well as a chunk: both have the same shape. The specification has no path for it any more,
 * so that `object` is left open.
 */
export const textCompletion: Schema = object(
  { id: text, object: text, created: integer, model: text, choices: array(choice) },
  {
    provider: string,
    system_fingerprint: nullable(string),
    usage: nullable(usage),
    openrouter_metadata: nullable(routerMetadata),
    error: errorInBand,
  },
);
