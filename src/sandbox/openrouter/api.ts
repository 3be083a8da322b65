import type { IncomingMessage, ServerResponse } from 'node:http';
import findMyWay from 'find-my-way';
import { readJson } from '../http.ts';
import { accountOperations } from './account-operations.ts';
import { ApiError, invalidRequest, notFound } from './api-error.ts';
import { assignmentOperations } from './assignment-operations.ts';
import { byokOperations } from './byok-operations.ts';
import { guardrailOperations } from './guardrail-operations.ts';
import { keyOperations } from './key-operations.ts';
import { modelOperations } from './model-operations.ts';
import type { Operation } from './operation.ts';
import { Outgoing } from './outgoing.ts';
import type { ApiKey } from './state.ts';
import { workspaceOperations } from './workspace-operations.ts';
import type { World } from './world.ts';

const basePath = '/api/v1';
/** OpenRouter does not publish its limit. */
const bodyLimitBytes = 10 * 1024 * 1024;

const operations: readonly Operation[] = [
  ...accountOperations,
  ...modelOperations,
  ...byokOperations,
  ...keyOperations,
  ...guardrailOperations,
  ...assignmentOperations,
  ...workspaceOperations,
];

/** Answers every request to the OpenRouter side. */
export function openRouterApi(world: World): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const router = findMyWay();
  for (const entry of operations) router.on(entry.method, basePath + entry.path, () => {}, entry);

  return async (incoming, response) => {
    const url = new URL(incoming.url ?? '/', 'http://sandbox');
    const path = url.pathname.replace(basePath, '') + url.search;
    const { headers } = incoming;
    const interference = world.interfere?.({ method: incoming.method ?? 'GET', path, headers }, world) ?? {};
    const outgoing = new Outgoing(response, world.clock, interference);
    let caller: ApiKey | null = null;
    let called: Operation | null = null;
    try {
      const found = router.find((incoming.method ?? 'GET') as 'GET', url.pathname);
      if (!found) throw notFound();
      called = found.store as Operation;
      caller = called.admit(world, incoming.headers);
      const sent = incoming.method === 'GET' ? undefined : await bodyOf(incoming);
      const body = interference.hear ? interference.hear(sent) : sent;
      const { params } = found;
      const reply = await called.handle(world, { caller, params, query: url.searchParams, headers, body, outgoing });
      if (reply) outgoing.json(reply.status, reply.body, reply.headers);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      outgoing.error(error, called?.errorBody?.(error) ?? error.body(caller?.account.userId));
    }
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<unknown> {
  const body = await readJson(incoming, bodyLimitBytes);
  switch (body.kind) {
    case 'json':
      return body.value;
    case 'too-large':
      throw new ApiError(413, 'Request payload too large');
    case 'invalid':
      if (body.text === '') return undefined;
      throw invalidRequest('Invalid JSON in request body');
  }
}
