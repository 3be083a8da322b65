import { array, boolean, count, integer, lenient, nullable, object, string, text, type Schema } from './shape.ts';

const candidate = object({ provider: text, model: text, selected: boolean });
const attempt = object({ provider: text, model: text, status: integer });

// `type` is an open set: a `router` stage is documented and seen, but missing from the specification's enum.
const stage = object({ type: text, name: text });

/**
 * `openrouter_metadata`, asked for with `X-OpenRouter-Metadata: enabled`.
 * Source: OpenRouterMetadata in the OpenAPI document. `strategy` is left open for strategies to come.
 */
export const routerMetadata: Schema = object(
  {
    requested: text,
    strategy: text,
    region: nullable(string),
    summary: string,
    attempt: count,
    is_byok: boolean,
    endpoints: object({ total: count, available: array(candidate) }),
  },
  { attempts: array(attempt), pipeline: array(stage) },
);

/** The same beside an error: OpenRouter's own example of a 404 leaves out three fields that the specification requires. */
export const routerMetadataOnError: Schema = lenient(routerMetadata, {
  region: 'observed',
  summary: 'observed',
  is_byok: 'observed',
});
