import type { Hints } from './instance.ts';
import { type ChatMessage, textOf } from './request.ts';

/** Enough for any limit on tokens a scenario sets. */
const LONG_TEXT = Array.from(
  { length: 80 },
  (_, index) => `Sentence ${index + 1} of a text that only fills space.`,
).join(' ');
const COUNT_MOST = 2_000;
const QUOTE_MOST = 200;

const AFTER_COLON = /\b(?:reply|respond|answer|say|repeat|output|print|write)\b[^:\n]{0,80}:\s*(.+)$/is;
const AFTER_WITH =
  /\b(?:reply|respond|answer)\s+(?:(?:only|just)\s+)?with\s+(?:(?:exactly|only|just|the|single|word|token|text|number)\s+)*(.+?)(?:,?\s+and\s+nothing\s+else)?[.!]?$/im;
const SAY = /^say\s+(.+?)[.!]?$/im;
const COUNT = /\bcount\s+(?:from\s+(\d+)\s+)?(?:up\s+)?to\s+(\d+)/i;
const SAID_FIRST = /\bwhat\b.*\b(?:say|said|ask(?:ed)?|tell|told)\b.*\bfirst\b/i;
const LONG = /\b(?:long|essay|story|poem|novel|paragraphs?|detailed)\b/i;
const END_WITH =
  /\bend\s+(?:(?:every|each|all|of|your|the)\s+)*(?:(?:reply|replies|answers?|responses?|messages?)\s+)?with\s+(?:(?:the|word|token|text)\s+)*["'“`]?([^\s"'”`]+?)["'”`]?[.!]?(?:\s|$)/i;

/** What the stand-in says to a conversation: read from the prompt where it asks for something simple, else a fixed sentence. */
export function answerTo(messages: readonly ChatMessage[]): string {
  const system = said(messages, 'system', 'developer').join('\n');
  const ending = END_WITH.exec(system)?.[1];
  const text = body(messages, system);
  return ending === undefined || text.endsWith(ending) ? text : `${text} ${ending}`;
}

function body(messages: readonly ChatMessage[], system: string): string {
  const results = trailingToolResults(messages);
  if (results.length > 0) return `The tool says: ${results.join('; ')}`;
  const turns = said(messages, 'user');
  const last = turns.at(-1) ?? '';
  const exact = exactly(last);
  if (exact !== undefined) return exact;
  const counted = count(last);
  if (counted !== undefined) return counted;
  if (SAID_FIRST.test(last)) return `You said first: "${turns[0] ?? ''}"`;
  if (LONG.test(last)) return LONG_TEXT;
  const ruled = exactly(system.replace(END_WITH, ''));
  if (ruled !== undefined) return ruled;
  const earlier = turns.length > 1 ? ` Earlier you said: "${quote(turns[0] ?? '')}"` : '';
  return `This stand-in is no model; you said: "${quote(last)}"${earlier}`;
}

function exactly(text: string): string | undefined {
  const found = (AFTER_COLON.exec(text) ?? AFTER_WITH.exec(text) ?? SAY.exec(text))?.[1]?.trim();
  return found?.replace(/^(["'`“])(.*)(?:\1|”)$/s, '$2');
}

function count(text: string): string | undefined {
  const match = COUNT.exec(text);
  if (match === null) return undefined;
  const from = Number(match[1] ?? 1);
  const to = Math.min(Number(match[2]), from + COUNT_MOST);
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index).join(' ');
}

function quote(text: string): string {
  const characters = [...text];
  return characters.length > QUOTE_MOST ? `${characters.slice(0, QUOTE_MOST).join('')}…` : text;
}

function said(messages: readonly ChatMessage[], ...roles: ChatMessage['role'][]): string[] {
  return messages.filter(({ role }) => roles.includes(role)).map(textOf);
}

/** Results the last message or messages hand in; empty when somebody else spoke last. */
export function trailingToolResults(messages: readonly ChatMessage[]): string[] {
  return messages.slice(messages.findLastIndex(({ role }) => role !== 'tool') + 1).map(textOf);
}

/** The last thing the user said. */
export function lastUserText(messages: readonly ChatMessage[]): string {
  return said(messages, 'user').at(-1) ?? '';
}

/** Names after a preposition or in quotes, and numbers. */
export function hintsIn(text: string): Hints {
  const names = [
    ...text.matchAll(
      /(?:\b(?:[Ii]n|[Ff]or|[Oo]f|[Aa]t|[Aa]nd|[Bb]oth|[Tt]o)|,)\s+(\p{Lu}[\p{L}'-]+(?: \p{Lu}[\p{L}'-]+)*)|["“]([^"”]+)["”]/gu,
    ),
  ].flatMap((match) => match[1] ?? match[2] ?? []);
  const numbers = [...text.matchAll(/-?\d+(?:\.\d+)?/g)].map(([digits]) => Number(digits));
  return { names: [...new Set(names)], numbers, text };
}
