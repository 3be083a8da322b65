import type { CaseFinding } from './events.ts';
import { byLevel } from './phrases.ts';
import { line } from './text.ts';

/** The most binding finding in a few words, e.g. `expected is_byok true, got is_byok false`. Null without any. */
export function brief(findings: readonly CaseFinding[], max: number): string | null {
  const [first] = byLevel(findings);
  return first ? `expected ${line(first.expected, max)}, got ${line(first.actual, max)}` : null;
}
