import type { Json } from './blocks.ts';

/** Changes a JSON object in place. */
export type Edit = (json: Json) => void;

/**
 * Puts a value at a path such as `choices.0.message.content` or `data.*.id`, or what a function makes of the one there. Nothing
 * happens where the object around it is missing.
 */
export function set(path: string, value: unknown): Edit {
  return onEach(path, (around, field) => {
    around[field] = typeof value === 'function' ? (value(around[field]) as unknown) : structuredClone(value);
  });
}

/** The same, only where the field is there and is not null. */
export function change(path: string, to: (now: never) => unknown): Edit {
  return onEach(path, (around, field) => {
    const now = around[field];
    if (now !== undefined && now !== null) around[field] = to(now as never);
  });
}

export function drop(path: string): Edit {
  return onEach(path, (around, field) => {
    if (!Array.isArray(around)) delete around[field];
    else if (field in around) around.splice(Number(field), 1);
  });
}

/** One edit after the other. */
export function all(...edits: readonly Edit[]): Edit {
  return (json) => {
    for (const edit of edits) edit(json);
  };
}

/** Only where the object says so. */
export function where(holds: (json: Json) => boolean, edit: Edit): Edit {
  return (json) => {
    if (holds(json)) edit(json);
  };
}

/** The value at a path, undefined where there is none. */
export function at(json: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, field) => (isObject(value) ? (value as Json)[field] : undefined), json);
}

function onEach(path: string, act: (around: Json, field: string) => void): Edit {
  const fields = path.split('.');
  const last = fields.pop() ?? '';
  return (json) => {
    for (const around of reach(json, fields)) {
      if (last !== '*') act(around, last);
      else for (const field of Object.keys(around)) act(around, field);
    }
  };
}

function reach(value: unknown, [field, ...rest]: readonly string[]): Json[] {
  if (!isObject(value)) return [];
  if (field === undefined) return [value as Json];
  const inside = field === '*' ? Object.values(value) : [(value as Json)[field]];
  return inside.flatMap((each) => reach(each, rest));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
