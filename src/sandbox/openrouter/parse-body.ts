import type { z } from 'zod';
import { invalidRequest } from './api-error.ts';

/** @throws ApiError 400 that names the first field that is wrong */
export function parseBody<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') ?? '';
  throw invalidRequest(field === '' ? undefined : `Invalid request parameters: ${field}: ${issue?.message}`);
}

/** The value of a change: kept when it was left out, set when it was given. */
export const changed = <T>(given: T | undefined, kept: T): T => (given === undefined ? kept : given);
