/**
 * Whether two names mean one model, however OpenRouter and the provider call it: `z-ai/glm-5.2` and `zai-org/GLM-5.2`.
 *
 * Author, case, a variant behind a colon, and a date or precision at the end do not count: OpenRouter echoes `z-ai/glm-5.2-20260816`
 * at times (seen 2026-03 to 2026-06), and hosts name what they run `GLM-5.2-FP8`. `glm-5.2` and `glm-5.2-air` are two.
 */
export function sameModel(a: string, b: string): boolean {
  return familyOf(a) === familyOf(b);
}

const afterthought = /-(?:\d{8}|\d{4}-\d{2}-\d{2}|(?:mx|nv)?fp(?:4|6|8|16|32)|bf16|int[48])$/;

function familyOf(name: string): string {
  const [model = ''] = (name.split('/').at(-1) ?? name).trim().toLowerCase().split(':', 1);
  const bare = model.replace(afterthought, '');
  return bare === model ? bare : familyOf(bare);
}
