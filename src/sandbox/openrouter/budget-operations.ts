import { z } from 'zod';
import { management, ok, operation } from './operation.ts';
import type { Operation } from './operation.ts';
import { notFound } from './api-error.ts';
import { parseBody } from './parse-body.ts';
import { budgetIntervals, budgetView, budgetsOf, setBudget } from './workspace-budgets.ts';
import { workspaceAt } from './workspaces.ts';

const path = '/workspaces/:id/budgets';
const interval = z.enum(budgetIntervals);
const body = z.object({ limit_usd: z.number().gt(0), include_byok_in_budgets: z.boolean().optional() });

/** What a workspace may spend: https://openrouter.ai/docs/guides/features/workspaces/workspace-budgets */
export const budgetOperations: readonly Operation[] = [
  operation('GET', path, management(401), ({ state }, { caller, params }) => {
    const workspace = workspaceAt(state, caller.account, params['id']);
    return ok({
      data: budgetsOf(state, workspace.id).map(budgetView),
      include_byok_in_budgets: workspace.includeByokInBudgets,
    });
  }),

  operation('GET', `${path}/:interval`, management(401), ({ state }, { caller, params }) => {
    const workspace = workspaceAt(state, caller.account, params['id']);
    const wanted = parseBody(interval, params['interval']);
    const budget = budgetsOf(state, workspace.id).find((known) => known.interval === wanted);
    if (!budget) throw notFound();
    return ok({ data: budgetView(budget), include_byok_in_budgets: workspace.includeByokInBudgets });
  }),

  operation('PUT', `${path}/:interval`, management(401), (world, { caller, params, body: sent }) => {
    const workspace = workspaceAt(world.state, caller.account, params['id']);
    const wanted = parseBody(interval, params['interval']);
    const { limit_usd: limit, include_byok_in_budgets: countsByok } = parseBody(body, sent);
    const budget = setBudget(world, workspace.id, wanted, limit);
    workspace.includeByokInBudgets = countsByok ?? workspace.includeByokInBudgets;
    return ok({ data: budgetView(budget), include_byok_in_budgets: workspace.includeByokInBudgets });
  }),

  // The specification lists 404 for a budget that was never set, the guide says that deleting it succeeds: the guide is newer.
  operation('DELETE', `${path}/:interval`, management(401), ({ state }, { caller, params }) => {
    const workspace = workspaceAt(state, caller.account, params['id']);
    const wanted = parseBody(interval, params['interval']);
    state.budgets = state.budgets.filter((budget) => budget.workspaceId !== workspace.id || budget.interval !== wanted);
    return ok({ deleted: true });
  }),
];
