const CONTEXT_LINES = 3;

interface Line {
  mark: ' ' | '-' | '+';
  text: string;
  /** Lines of each text that come before this one. */
  before: { from: number; to: number };
}

/** A unified diff of two texts; empty when they are the same. */
export function unifiedDiff(from: { name: string; text: string }, to: { name: string; text: string }): string {
  const lines = compare(from.text.split('\n'), to.text.split('\n'));
  const hunks = hunksOf(lines);
  if (hunks.length === 0) return '';
  return [`--- ${from.name}`, `+++ ${to.name}`, ...hunks.flatMap(render)].join('\n');
}

/** How alike two texts are, from 0 to 1: twice the lines in common by all lines. */
export function similarity(a: string, b: string): number {
  const [left, right] = [a.split('\n'), b.split('\n')];
  const counts = new Map<string, number>();
  for (const line of left) counts.set(line, (counts.get(line) ?? 0) + 1);
  let common = 0;
  for (const line of right) {
    const count = counts.get(line) ?? 0;
    if (count > 0) common++;
    counts.set(line, count - 1);
  }
  return (2 * common) / (left.length + right.length);
}

/** Longest common subsequence; requests have some hundred lines, so the plain table does. */
function compare(from: string[], to: string[]): Line[] {
  const width = to.length + 1;
  const common = new Uint32Array((from.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = from.length - 1; i >= 0; i--) {
    for (let j = to.length - 1; j >= 0; j--) {
      common[i * width + j] = from[i] === to[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < from.length || j < to.length) {
    const before = { from: i, to: j };
    if (i < from.length && j < to.length && from[i] === to[j]) {
      lines.push({ mark: ' ', text: from[i] ?? '', before });
      i++;
      j++;
    } else if (j === to.length || (i < from.length && at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ mark: '-', text: from[i++] ?? '', before });
    } else {
      lines.push({ mark: '+', text: to[j++] ?? '', before });
    }
  }
  return lines;
}

/** Groups changed lines with some unchanged ones around them. */
function hunksOf(lines: Line[]): Line[][] {
  const hunks: { start: number; end: number }[] = [];
  for (const [index, { mark }] of lines.entries()) {
    if (mark === ' ') continue;
    const start = Math.max(0, index - CONTEXT_LINES);
    const end = Math.min(lines.length, index + CONTEXT_LINES + 1);
    const last = hunks.at(-1);
    if (last && start <= last.end) last.end = end;
    else hunks.push({ start, end });
  }
  return hunks.map(({ start, end }) => lines.slice(start, end));
}

function render(hunk: Line[]): string[] {
  const first = hunk[0]?.before ?? { from: 0, to: 0 };
  const size = (mark: Line['mark']) => hunk.filter((line) => line.mark === ' ' || line.mark === mark).length;
  const range = (start: number, count: number) => `${count === 0 ? start : start + 1},${count}`;
  return [
    `@@ -${range(first.from, size('-'))} +${range(first.to, size('+'))} @@`,
    ...hunk.map(({ mark, text }) => mark + text),
  ];
}
