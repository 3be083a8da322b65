import { styleText } from 'node:util';
import type { Verdict } from './events.ts';

type Format = Parameters<typeof styleText>[0];

/** Colours a text, or leaves it as it is. */
export type Paint = (format: Format, text: string) => string;

/** Whether to colour is the caller's decision (`NO_COLOR`, a terminal or a file). */
export function paintWith(colour: boolean): Paint {
  return colour ? (format, text) => styleText(format, text, { validateStream: false }) : (_format, text) => text;
}

/** How a verdict looks. The colour repeats what symbol and word say. */
export const look: Record<Verdict, { symbol: string; format: Format }> = {
  pass: { symbol: '✓', format: 'green' },
  fail: { symbol: '✗', format: ['red', 'bold'] },
  warn: { symbol: '!', format: 'yellow' },
  known: { symbol: '~', format: 'magenta' },
  'not-applicable': { symbol: '-', format: 'dim' },
  'could-not-run': { symbol: '?', format: ['yellow', 'bold'] },
};
