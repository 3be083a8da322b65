import { randomBytes } from 'node:crypto';
import { HarnessError } from '../errors.ts';

/** Begins the name of everything this harness makes in an account, and so tells it from everything else there. */
const prefix = 'byokc-';

/**
 * What a session appends to its label, e.g. `-workspace-12`, has to fit too: a workspace's slug takes 50 characters
 * (https://openrouter.ai/openapi.yaml, CreateWorkspaceRequest, read 2026-11-23).
 */
const longest = 36;

/**
 * A label for one live session. A slug cannot be had twice, so no two sessions share one, not even those of two machines that
 * began in the same second.
 *
 * @throws HarnessError E_CONFIG for a run id that would make names OpenRouter refuses
 */
export function newLabel(runId: string): string {
  const label = `${prefix}${runId}-${randomBytes(4).toString('hex')}`;
  if (label.length <= longest && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(label)) return label;
  throw new HarnessError(
    'E_CONFIG',
    `The run id "${runId}" makes the label "${label}"; expected at most ${longest} of lower case, digits and single dashes.`,
  );
}

/** When the run of the thing of this name began, in milliseconds since the Unix epoch, as its id says; NaN when that says nothing. */
export function runBeganAt(name: string): number {
  const digits = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-/;
  const [, year, month, day, hours, minutes, seconds] = digits.exec(name.slice(prefix.length)) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`);
}

/** Whether this harness gave the name; with a run id, whether that run did. */
export function isLabelled(name: string | null | undefined, runId?: string): boolean {
  return name?.startsWith(runId === undefined ? prefix : `${prefix}${runId}-`) ?? false;
}
