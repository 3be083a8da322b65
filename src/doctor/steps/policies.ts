import { z } from 'zod';
import { ionet } from '../../provider.ts';
import { type Guardrail, guardrailsOfKey } from '../management.ts';
import { pages } from '../pages.ts';
import type { No, Step } from '../step.ts';
import { dataOf, type World } from '../world.ts';

/**
 * What the account itself allows and ignores no API tells; the request that comes last meets it.
 * Policies come before own keys: https://openrouter.ai/docs/guides/overview/auth/byok
 */
export const policies: Step = {
  id: 'policies',
  asks: `No guardrail or data policy of the OpenRouter key keeps it from ${ionet.name}.`,
  async look(world) {
    const guardrails = await guardrailsOfKey(world);
    for (const guardrail of guardrails) {
      const rule = brokenRule(guardrail, world.model);
      if (rule !== undefined) return no(guardrail, rule);
    }
    const strict = guardrails.find((guardrail) => demandsNoRetention(guardrail, world.model));
    if (strict !== undefined && !(await keepsNothing(world)))
      return no(strict, `demands zero data retention, which ${ionet.name} does not promise for ${world.model}`);
    return { answer: 'yes' };
  },
};

/** A guardrail names a provider by its slug or display name. */
const isProvider = (name: string) => [ionet.slug, ionet.name].includes(name);

function brokenRule(guardrail: Guardrail, model: string): string | undefined {
  if (guardrail.ignored_providers?.some(isProvider)) return `ignores ${ionet.name}`;
  if (guardrail.allowed_providers?.some(isProvider) === false) return `allows other providers than ${ionet.name} only`;
  if (guardrail.ignored_models?.includes(model)) return `ignores ${model}`;
  if (guardrail.allowed_models?.includes(model) === false) return `allows other models than ${model} only`;
  return undefined;
}

function demandsNoRetention(guardrail: Guardrail, model: string): boolean {
  const byAuthor: Record<string, boolean | null | undefined> = {
    anthropic: guardrail.enforce_zdr_anthropic,
    openai: guardrail.enforce_zdr_openai,
    google: guardrail.enforce_zdr_google,
    'x-ai': guardrail.enforce_zdr_xai,
  };
  const [author = ''] = model.split('/');
  const ofAuthor = Object.hasOwn(byAuthor, author) ? byAuthor[author] : guardrail.enforce_zdr_other;
  return guardrail.enforce_zdr === true || ofAuthor === true;
}

const endpoint = z.object({ model_id: z.string().optional(), provider_name: z.string() });

async function keepsNothing(world: World): Promise<boolean> {
  const endpoints = dataOf(await world.ask({ method: 'GET', path: '/endpoints/zdr' }), z.array(endpoint));
  return endpoints.some(({ model_id, provider_name }) => model_id === world.model && provider_name === ionet.name);
}

const no = ({ name }: Guardrail, rule: string): No => ({
  answer: 'no',
  cause: `The guardrail "${name}" ${rule}.`,
  remedy: 'Change the guardrail, or use an OpenRouter key it does not hold for.',
  page: pages.guardrails,
});
