import { ApiError } from './api-error.ts';

const longestPattern = 100_000;
const lookaround = /\(\?<?[=!]/;
const backreference = /\\[1-9]|\\k</;
/** A repeated group that repeats inside. */
const nestedQuantifier = /\((?:[^()\\]|\\.)*(?:[+*]|\{\d+,\d*\})(?:[^()\\]|\\.)*\)(?:[+*]|\{\d+,\d*\})/;

/**
 * Takes only patterns that can be matched in time proportional to the text.
 *
 * @throws ApiError 400: https://openrouter.ai/docs/guides/features/guardrails, content filters
 */
export function checkPatterns(filters: readonly { pattern: string }[] | null | undefined): void {
  for (const { pattern } of filters ?? []) {
    const problem = problemOf(pattern);
    if (problem !== null) {
      throw new ApiError(400, `Invalid regex pattern: ${problem}`, { metadata: { code: 'invalid_regex_pattern' } });
    }
  }
}

function problemOf(pattern: string): string | null {
  if (pattern.length > longestPattern) return `longer than ${longestPattern} characters`;
  if (lookaround.test(pattern)) return 'lookahead and lookbehind are not supported';
  if (backreference.test(pattern)) return 'backreferences are not supported';
  if (nestedQuantifier.test(pattern)) return 'nested quantifiers are not supported';
  return isRegex(pattern) ? null : 'it cannot be read';
}

function isRegex(pattern: string): boolean {
  try {
    return RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}
