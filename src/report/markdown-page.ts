import { count, markdownCell } from './text.ts';

/** A part of a page. What stands in `lines` can be left out from the end, a whole line at a time. */
export interface Section {
  /** Not shown without any line. */
  head: string[];
  lines: string[];
  /** How many there are, where `lines` are the first of more. */
  total?: number;
  /** What a line is, e.g. `case`. */
  noun: string;
}

/** A Markdown page of these sections, at most about `maxBytes` long: the longest gives way first and says how much is missing. */
export function markdownPage(lead: readonly string[], sections: readonly Section[], maxBytes: number): string {
  const fitting = sections.map((section) => ({ ...section, total: section.total ?? section.lines.length }));
  const page = () => `${[lead.join('\n'), ...fitting.map(render).filter(Boolean)].join('\n\n')}\n`;
  for (let text = page(); ; text = page()) {
    const [longest] = fitting.toSorted((a, b) => sizeOf(b) - sizeOf(a));
    if (Buffer.byteLength(text) <= maxBytes || !longest || longest.lines.length === 0) return text;
    longest.lines = longest.lines.slice(0, longest.lines.length / 2);
  }
}

function render({ head, lines, total, noun }: Section & { total: number }): string {
  const missing = total - lines.length;
  const more = `and ${count(missing, `more ${noun}`)}: see junit.xml`;
  return [...(lines.length > 0 ? [...head, ...lines] : []), ...(missing > 0 ? ['', more] : [])].join('\n').trimStart();
}

function sizeOf({ head, lines }: Section): number {
  return lines.length === 0 ? 0 : Buffer.byteLength([...head, ...lines].join('\n'));
}

/** The first lines of a table with these columns. */
export function tableHead(columns: readonly string[]): string[] {
  return [tableRow(columns), `|${' --- |'.repeat(columns.length)}`];
}

export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => markdownCell(cell, 200)).join(' | ')} |`;
}
