import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import findMyWay from 'find-my-way';
import { readJson } from '../http.ts';
import { accountOperations } from './account-operations.ts';
import { ApiError, invalidRequest, notFound } from './api-error.ts';
import { assignmentOperations } from './assignment-operations.ts';
import { byokOperations } from './byok-operations.ts';
import { budgetOperations } from './budget-operations.ts';
import { edgePage } from './edge.ts';
import { guardrailOperations } from './guardrail-operations.ts';
import { keyOperations } from './key-operations.ts';
import { modelOperations } from './model-operations.ts';
import type { Operation } from './operation.ts';
import { Outgoing } from './outgoing.ts';
import type { ApiKey } from './state.ts';
import { workspaceOperations } from './workspace-operations.ts';
import type { World } from './world.ts';

const basePath = '/api/v1';

const operations: readonly Operation[] = [
  ...accountOperations,
  ...modelOperations,
  ...byokOperations,
  ...keyOperations,
  ...guardrailOperations,
  ...assignmentOperations,
  ...workspaceOperations,
  ...budgetOperations,
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
    const page = edgePage(world.state.platform, headers);
    if (page) {
      await world.clock.sleep(page.afterMs, outgoing.gone);
      return outgoing.page(page.status, page.html);
    }
    let caller: ApiKey | null = null;
    let called: Operation | null = null;
    try {
      const found = router.find((incoming.method ?? 'GET') as 'GET', url.pathname);
      if (!found) throw notFound();
      called = found.store as Operation;
      const { isBroken, bodyLimitBytes } = world.state.platform;
      if (isBroken) throw new ApiError(500, '');
      caller = called.admit(world, incoming.headers);
      const sent = incoming.method === 'GET' ? undefined : await bodyOf(incoming, bodyLimitBytes);
      const body = interference.hear ? interference.hear(sent) : sent;
      checkPreconditions(headers);
      const { params } = found;
      const reply = await called.handle(world, { caller, params, query: url.searchParams, headers, body, outgoing });
      if (reply) outgoing.json(reply.status, reply.body, reply.headers);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      outgoing.error(error, called?.errorBody?.(error) ?? error.body(caller?.account.userId));
    }
  };
}

/** Nothing here has an entity tag, so whoever insists on one asks in vain; the one for anything there is, `*`, holds. */
function checkPreconditions({ 'if-match': tag }: IncomingHttpHeaders): void {
  if (tag !== undefined && tag !== '*') {
    throw new ApiError(412, 'Precondition failed', { errorType: 'precondition_failed' });
  }
}

async function bodyOf(incoming: IncomingMessage, limitBytes: number): Promise<unknown> {
  const body = await readJson(incoming, limitBytes);
  switch (body.kind) {
    case 'json':
      return body.value;
    case 'too-large':
      throw new ApiError(413, 'Request payload too large', { errorType: 'payload_too_large' });
    case 'invalid':
      if (body.text === '') return undefined;
      throw invalidRequest('Invalid JSON in request body');
  }
}
