import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { z } from 'zod';
import { HarnessError } from '../errors.ts';
import { ionet } from '../provider.ts';

/** What is read from the environment and from `.env`. */
export interface Environment {
  apiKey: string | null;
  managementKey: string | null;
  providerKey: string | null;
  /** No trailing slash. */
  baseUrl: string;
  /** The provider's own API; no trailing slash. */
  providerUrl: string;
  ci: boolean;
}

const key = z.string().regex(/^\S+$/, 'should be one word without blanks');

const schema = z.object({
  OPENROUTER_API_KEY: key.optional(),
  OPENROUTER_MANAGEMENT_KEY: key.optional(),
  [ionet.keyVariable]: key.optional(),
  OPENROUTER_BASE_URL: z.string().optional(),
  [ionet.baseUrlVariable]: z.string().optional(),
  CI: z.string().optional(),
});

/**
 * Reads the environment, then `.env` in `directory`: what is already set wins, an empty value counts as not set.
 *
 * @throws HarnessError E_CONFIG naming the variable and where it was set, or the line of `.env` that cannot be read
 */
export function readEnvironment(environment: NodeJS.ProcessEnv, directory: string): Environment {
  const file = join(directory, '.env');
  const fromFile = readEnvFile(file);
  const names = Object.keys(schema.shape);
  const chosen: Record<string, string> = {};
  const places: Record<string, string> = {};
  for (const name of names) {
    for (const [place, values] of [
      [file, fromFile],
      ['the environment', environment],
    ] as const) {
      const value = values[name];
      if (value === undefined || value === '') continue;
      chosen[name] = value;
      places[name] = place;
    }
  }
  const result = schema.safeParse(chosen);
  if (!result.success) {
    const [issue] = result.error.issues;
    const name = String(issue?.path[0]);
    throw new HarnessError('E_CONFIG', `${name} in ${places[name]} ${issue?.message}.`);
  }
  const baseUrl = result.data.OPENROUTER_BASE_URL ?? 'https://openrouter.ai/api/v1';
  return {
    apiKey: result.data.OPENROUTER_API_KEY ?? null,
    managementKey: result.data.OPENROUTER_MANAGEMENT_KEY ?? null,
    providerKey: chosen[ionet.keyVariable] ?? null,
    baseUrl: safeBaseUrl(baseUrl, `OPENROUTER_BASE_URL in ${places['OPENROUTER_BASE_URL']}`),
    providerUrl: safeBaseUrl(
      chosen[ionet.baseUrlVariable] ?? ionet.baseUrl,
      `${ionet.baseUrlVariable} in ${places[ionet.baseUrlVariable]}`,
    ),
    ci: Boolean(result.data.CI),
  };
}

/**
 * Keys go only to https hosts, or to this machine.
 *
 * @throws HarnessError E_CONFIG naming `source`
 */
export function safeBaseUrl(text: string, source: string): string {
  const url = URL.parse(text);
  // First of all, so that no password is shown.
  if (url !== null && url.username + url.password + url.search + url.hash !== '') {
    throw new HarnessError('E_CONFIG', `${source} should be a plain address without user, query or fragment.`);
  }
  const loopback = url !== null && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && loopback))) {
    throw new HarnessError(
      'E_CONFIG',
      `${source} is "${text}"; keys are only sent to https:// hosts or to http:// on this machine.`,
    );
  }
  return url.href.replace(/\/+$/, '');
}

function readEnvFile(file: string): Record<string, string> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new HarnessError(
      'E_CONFIG',
      `${file} is there but cannot be read (${(cause as NodeJS.ErrnoException).code}).`,
      { cause },
    );
  }
  const bad = strayLine(text);
  if (bad !== undefined) {
    throw new HarnessError('E_CONFIG', `${file}:${bad} should read NAME=value, or start with "#".`);
  }
  return parse(text);
}

/** Number of the first line that is no assignment, no comment and not empty; dotenv would pass over it in silence. */
function strayLine(text: string): number | undefined {
  // A value in quotes may go on over several lines. Its lines are kept for counting.
  const flat = text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/(=\s*)(["'`])(?:\\.|(?!\2)[^\\])*\2/g, (value) => `=${value.replaceAll(/[^\n]/g, '')}`);
  const bad = flat
    .split('\n')
    .findIndex((line) => !/^\s*(#.*)?$|^\s*(export\s+)?[A-Za-z_][\w.-]*\s*=(?!\s*["'`])/.test(line));
  return bad === -1 ? undefined : bad + 1;
}
