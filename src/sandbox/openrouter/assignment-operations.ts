import { z } from 'zod';
import { invalidRequest } from './api-error.ts';
import { guardrailAt } from './guardrail-operations.ts';
import { assignmentView } from './guardrails.ts';
import { management, ok, operation } from './operation.ts';
import type { Operation } from './operation.ts';
import { page } from './paging.ts';
import { parseBody } from './parse-body.ts';
import type { Account, Assignment, State } from './state.ts';

const names = z.array(z.string().min(1)).min(1);

/** What a guardrail is assigned to: the last part of the path, the field of the body, and what the account has of it. */
interface Kind {
  path: 'keys' | 'members';
  idsIn(body: unknown): string[];
  idOf(assignment: Assignment): string | undefined;
  subject(id: string): Assignment['subject'];
  exists(state: State, account: Account, id: string): boolean;
}

const keys: Kind = {
  path: 'keys',
  idsIn: (body) => parseBody(z.object({ key_hashes: names }), body).key_hashes,
  idOf: ({ subject }) => ('keyHash' in subject ? subject.keyHash : undefined),
  subject: (keyHash) => ({ keyHash }),
  exists: ({ apiKeys }, account, hash) =>
    apiKeys.some((key) => key.hash === hash && key.account === account && !key.deleted),
};

const members: Kind = {
  path: 'members',
  idsIn: (body) => parseBody(z.object({ member_user_ids: names }), body).member_user_ids,
  idOf: ({ subject }) => ('userId' in subject ? subject.userId : undefined),
  subject: (userId) => ({ userId }),
  exists: (_state, account, userId) => account.userId === userId,
};

function operationsFor(kind: Kind): Operation[] {
  const path = `/guardrails/:id/assignments/${kind.path}`;
  const found = ({ assignments }: State, guardrailIds: readonly string[]) =>
    assignments.filter(
      (assignment) => kind.idOf(assignment) !== undefined && guardrailIds.includes(assignment.guardrailId),
    );

  return [
    operation('GET', `/guardrails/assignments/${kind.path}`, management(401), ({ state }, { caller, query }) => {
      const own = state.guardrails.filter(({ account }) => account === caller.account).map(({ id }) => id);
      return ok(page(query, found(state, own), (assignment) => assignmentView(state, assignment)));
    }),

    operation('GET', path, management(401), ({ state }, { caller, params, query }) => {
      const { id } = guardrailAt(state, caller.account, params['id']);
      return ok(page(query, found(state, [id]), (assignment) => assignmentView(state, assignment)));
    }),

    operation('POST', path, management(401), ({ state, random, clock }, { caller, params, body }) => {
      const { account } = caller;
      const { id: guardrailId } = guardrailAt(state, account, params['id']);
      const ids = kind.idsIn(body);
      const unknown = ids.find((id) => !kind.exists(state, account, id));
      if (unknown !== undefined)
        throw invalidRequest(`Invalid request parameters: no ${unknown} among your ${kind.path}`);
      const known = new Set(found(state, [guardrailId]).map(kind.idOf));
      const fresh = [...new Set(ids)].filter((id) => !known.has(id));
      for (const id of fresh) {
        state.assignments.push({
          id: random.uuid(),
          guardrailId,
          subject: kind.subject(id),
          assignedBy: caller.creatorUserId,
          createdAt: clock.now(),
        });
      }
      return ok({ assigned_count: fresh.length });
    }),

    operation('POST', `${path}/remove`, management(401), ({ state }, { caller, params, body }) => {
      const { id: guardrailId } = guardrailAt(state, caller.account, params['id']);
      const ids = kind.idsIn(body);
      const gone = found(state, [guardrailId]).filter((assignment) => ids.includes(kind.idOf(assignment) ?? ''));
      state.assignments = state.assignments.filter((assignment) => !gone.includes(assignment));
      return ok({ unassigned_count: gone.length });
    }),
  ];
}

/** Which keys and members guardrails hold for. */
export const assignmentOperations: readonly Operation[] = [keys, members].flatMap(operationsFor);
