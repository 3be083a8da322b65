import { errorTypes } from '../errors/mapping.ts';
import { byokProviders } from './byok-providers.ts';
import { type Difference, setDifferences } from './difference.ts';
import { listAt, type Specification } from './specification.ts';

/** Sets of words that the schemas leave open, since OpenRouter adds to them without notice, by where they are specified. */
const vocabularies: Readonly<Record<string, readonly string[]>> = {
  ApiErrorType: errorTypes,
  BYOKProviderSlug: byokProviders,
  RoutingStrategy: ['direct', 'auto', 'free', 'latest', 'alias', 'fallback', 'pareto', 'bodybuilder', 'fusion'],
  // `router` by https://openrouter.ai/docs/guides/routing/routers/auto-router
  PipelineStageType: ['guardrail', 'plugin', 'server_tools', 'response_healing', 'context_compression', 'router'],
  // Three by https://openrouter.ai/docs/guides/routing/provider-selection
  ProviderSort: ['price', 'throughput', 'latency'],
  Quantization: ['int4', 'int8', 'fp4', 'mxfp4', 'nvfp4', 'fp6', 'fp8', 'mxfp8', 'fp16', 'bf16', 'fp32', 'unknown'],
  'GenerationResponse.data.api_type': ['completions', 'embeddings', 'rerank', 'tts', 'stt', 'video', 'image'],
  'GenerationResponse.data.data_region': ['global', 'europe', 'us'],
  'ProviderPreferences.data_collection': ['allow', 'deny'],
  GuardrailInterval: ['daily', 'weekly', 'monthly'],
  WorkspaceBudgetInterval: ['daily', 'weekly', 'monthly', 'lifetime'],
};

/** Which words the specification has gained or lost. */
export function enumDifferences(specification: Specification): Difference[] {
  return Object.entries(vocabularies).flatMap(([at, expected]) => {
    const [component = '', ...fields] = at.split('.');
    const schema = fields.reduce(
      (node, field) => specification.resolved(specification.resolved(node)?.['properties'])?.[field],
      specification.schema(component) as unknown,
    );
    const node = specification.resolved(schema);
    if (node === undefined) return { path: at, what: 'gone', expected: 'a set of words', actual: 'absent' } as const;
    return setDifferences(
      at,
      expected,
      listAt(node, 'enum').filter((word) => typeof word === 'string'),
    );
  });
}
