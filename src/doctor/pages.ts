import { ionet } from '../provider.ts';

/** Where a remedy is carried out, or explained. */
export const pages = {
  guide: ionet.guide,
  byok: 'https://openrouter.ai/workspaces/default/byok',
  keys: 'https://openrouter.ai/settings/keys',
  credits: 'https://openrouter.ai/settings/credits',
  privacy: 'https://openrouter.ai/settings/privacy',
  guardrails: 'https://openrouter.ai/docs/guides/features/guardrails',
  errors: 'https://openrouter.ai/docs/api_reference/errors-and-debugging',
  models: 'https://openrouter.ai/models',
} as const;
