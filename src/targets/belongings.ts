import type { Exchange } from '../exchange/exchange.ts';
import { HarnessError } from '../errors.ts';
import { isLabelled } from './label.ts';
import { type Manage, Unmanaged } from './manager.ts';

/** Kinds of things a run makes, in the order in which they can be deleted: a workspace does not go before its keys. */
const kinds = ['byok', 'guardrail', 'key', 'workspace'] as const;

/** Something in the account that this harness made. */
export interface Belonging {
  kind: (typeof kinds)[number];
  name: string;
  /** Path to delete it by. */
  path: string;
  /** ISO 8601; null when the listing does not say. */
  createdAt: string | null;
  /** Names of things in it that somebody else made; only a workspace that holds none may be deleted. */
  holds: string[];
}

interface Row {
  id?: string;
  hash?: string;
  name?: string | null;
  workspace_id?: string | null;
  created_at?: string;
  default_guardrail_id?: string | null;
}

interface Listed {
  kind: Belonging['kind'];
  path: string;
  row: Row;
}

/**
 * Everything that carries a name this harness gave, in all workspaces, in the order of deleting it.
 *
 * @param runId looks for the things of that run alone
 * @throws what `manage` throws
 */
export async function findBelongings(manage: Manage, runId?: string): Promise<Belonging[]> {
  const workspaces = await list(manage, 'workspace', '/workspaces?');
  const inside: Listed[] = [];
  for (const { row } of workspaces) {
    // Without one each of these listings shows the default workspace only.
    const here = `workspace_id=${row.id}`;
    inside.push(
      ...(await list(manage, 'byok', `/byok?${here}&`)),
      ...(await list(manage, 'guardrail', `/guardrails?${here}&`)),
      ...(await list(manage, 'key', `/keys?${here}&include_disabled=true&`)),
    );
  }
  // A key of the provider for all workspaces is listed in each.
  const all = new Map([...inside, ...workspaces].map((listed) => [listed.path, listed]));
  return [...all.values()]
    .filter(({ row }) => isLabelled(row.name, runId))
    .map(({ kind, path, row }) => ({
      kind,
      name: row.name ?? '',
      path,
      createdAt: row.created_at ?? null,
      holds: kind === 'workspace' ? foreign(inside, row, runId) : [],
    }))
    .toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
}

/** What could not be deleted, and why. */
export interface Kept {
  belonging: Belonging;
  why: string;
}

/** Deletes one after the other and returns what could not be. What is gone already counts as deleted. */
export async function deleteBelongings(manage: Manage, belongings: readonly Belonging[]): Promise<Kept[]> {
  const kept: Kept[] = [];
  for (const belonging of belongings) {
    const { holds, path } = belonging;
    if (holds.length > 0) {
      kept.push({ belonging, why: `It holds what somebody else made: ${holds.join(', ')}.` });
      continue;
    }
    try {
      await manage('DELETE', path);
    } catch (error) {
      if (!(error instanceof HarnessError)) throw error;
      if (!(error instanceof Unmanaged && error.status === 404)) kept.push({ belonging, why: error.message });
    }
  }
  return kept;
}

/** Names of what is in a workspace without being looked for. Its own default guardrail came with it. */
function foreign(inside: readonly Listed[], { id, default_guardrail_id }: Row, runId?: string): string[] {
  return inside
    .filter(({ row }) => row.workspace_id === id && row.id !== default_guardrail_id && !isLabelled(row.name, runId))
    .map(({ kind, row }) => `${kind} ${row.name ?? row.id ?? row.hash}`);
}

/** All pages of a listing. How long a page is differs, so the last is the one that brings nothing new. */
async function list(manage: Manage, kind: Belonging['kind'], query: string): Promise<Listed[]> {
  const found = new Map<string, Listed>();
  for (;;) {
    const before = found.size;
    for (const row of rowsOf(await manage('GET', `${query}offset=${before}`))) {
      const path = `${query.slice(0, query.indexOf('?'))}/${row.hash ?? row.id}`;
      found.set(path, { kind, path, row });
    }
    if (found.size === before) return [...found.values()];
  }
}

/** @throws HarnessError E_NETWORK, as a listing that cannot be read must not look like an empty one */
function rowsOf({ call, json, text }: Exchange): Row[] {
  const { data } = (json ?? {}) as { data?: unknown };
  if (Array.isArray(data)) return data as Row[];
  throw new HarnessError('E_NETWORK', `GET ${call.path} should list something, but was: ${text.slice(0, 300)}`);
}
