import { harnessVersion } from '../version.ts';

/** Names the harness, and which of its versions, to whoever is called. */
export const application = `byok-conformance/${harnessVersion}`;

/**
 * What every call for an answer of a model asks of OpenRouter: metadata of the routing, and no response cache, whose answers would say
 * nothing about now. Sources: https://openrouter.ai/docs/guides/features/router-metadata and /response-caching.
 */
export const inferenceHeaders = {
  'x-openrouter-title': application,
  'x-openrouter-metadata': 'enabled',
  'x-openrouter-cache': 'false',
} as const;
