import type { ContentFilters } from './state.ts';

type Slug = NonNullable<ContentFilters['builtins']>[number]['slug'];

/** Finds what a builtin filter looks for: the matched texts. */
export function detect(slug: Slug, text: string): string[] {
  const { pattern, holds } = detectors[slug];
  return [...text.matchAll(pattern)].map(([found]) => found).filter((found) => holds?.(found) ?? true);
}

/** Placeholder of a builtin in redacted text, e.g. `[EMAIL]`. */
export const labelOf = (slug: Slug): string => `[${entityOf(slug)}]`;

/** `EMAIL`, `CREDIT_CARD` */
export const entityOf = (slug: Slug): string => slug.toUpperCase().replaceAll('-', '_');

/**
 * Plain stand-ins for OpenRouter's detectors, some of which are models: enough to tell a hit from none.
 * https://openrouter.ai/docs/guides/features/guardrails/sensitive-info and .../prompt-injection
 */
const detectors: Record<Slug, { pattern: RegExp; holds?(found: string): boolean }> = {
  email: { pattern: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g },
  phone: { pattern: /(?:\+\d{1,3}[ .-]?)?\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b/g },
  ssn: { pattern: /\b\d{3}-\d{2}-\d{4}\b/g },
  'credit-card': { pattern: /\b\d(?:[ -]?\d){12,18}\b/g, holds: passesLuhn },
  'ip-address': {
    pattern: /\b(?:\d{1,3}\.){3}\d{1,3}\b/g,
    holds: (found) => found.split('.').every((part) => Number(part) < 256),
  },
  'person-name': { pattern: /\b(?:Mr|Mrs|Ms|Dr|Prof)\.? \p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)?/gu },
  address: { pattern: /\b\d{1,5} \p{Lu}\p{Ll}+ (?:Street|St|Avenue|Ave|Road|Rd|Lane|Drive|Boulevard)\b/gu },
  'regex-prompt-injection': {
    pattern:
      /\b(?:ignore|disregard|forget) (?:all )?(?:the |your |of )*(?:previous|prior|above|earlier) (?:instructions|prompts|rules)\b|\breveal your system prompt\b/gi,
  },
};

/** https://en.wikipedia.org/wiki/Luhn_algorithm */
function passesLuhn(found: string): boolean {
  const digits = found.replace(/\D/g, '').split('').toReversed().map(Number);
  const sum = digits.reduce((total, digit, index) => {
    const counted = index % 2 === 1 ? digit * 2 : digit;
    return total + (counted > 9 ? counted - 9 : counted);
  }, 0);
  return sum % 10 === 0;
}
