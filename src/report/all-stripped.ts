import { stripped } from './text.ts';

/** The same with every text in it stripped. */
export function allStripped<Value>(value: Value): Value;
export function allStripped(value: unknown): unknown {
  if (typeof value === 'string') return stripped(value);
  if (Array.isArray(value)) return value.map((each) => allStripped(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, allStripped(each)]));
}
