import type { Skin } from '../contract/errors/row.ts';
import type { Subject } from './check.ts';
import { skinOf } from './reading.ts';

type Names = Readonly<Record<string, string>>;

const anthropic: Names = { prompt_tokens: 'input_tokens', completion_tokens: 'output_tokens' };
const chat: Names = {};

/** How the APIs name what /chat/completions names so in its usage; the rest has one name. */
const names: Record<Skin, Names> = {
  chat,
  completions: chat,
  messages: anthropic,
  responses: {
    ...anthropic,
    prompt_tokens_details: 'input_tokens_details',
    completion_tokens_details: 'output_tokens_details',
    upstream_inference_prompt_cost: 'upstream_inference_input_cost',
    upstream_inference_completions_cost: 'upstream_inference_output_cost',
  },
};

/** Where a field of usage, named as on /chat/completions, stands in this answer. */
export function usagePlace(subject: Subject, field: string): string {
  const own = names[skinOf(subject) ?? 'chat'];
  return ['/usage', ...field.split('/').map((step) => own[step] ?? step)].join('/');
}

/** The two parts of the cost that the provider bills, as this API names them. */
export function costPartNames(skin: Skin): readonly string[] {
  return ['upstream_inference_prompt_cost', 'upstream_inference_completions_cost'].map(
    (name) => names[skin][name] ?? name,
  );
}
