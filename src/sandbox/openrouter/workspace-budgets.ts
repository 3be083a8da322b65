import { ApiError, invalidRequest } from './api-error.ts';
import { spentIn } from './spend.ts';
import type { ApiKey, State, WorkspaceBudget } from './state.ts';
import { isoTime } from './wire-time.ts';
import type { World } from './world.ts';

/** From the broadest to the narrowest. */
export const budgetIntervals = [
  'lifetime',
  'monthly',
  'weekly',
  'daily',
] as const satisfies WorkspaceBudget['interval'][];
type BudgetInterval = WorkspaceBudget['interval'];

/**
 * Sets the budget of an interval, in place of the one it had.
 *
 * @throws ApiError 400 when a broader interval would not have the larger limit:
 *   https://openrouter.ai/docs/guides/features/workspaces/workspace-budgets
 */
export function setBudget(
  { state, random, clock }: World,
  workspaceId: string,
  interval: BudgetInterval,
  limitUsd: number,
): WorkspaceBudget {
  const others = budgetsOf(state, workspaceId).filter((budget) => budget.interval !== interval);
  const all = [...others, { interval, limitUsd }].toSorted(byBreadth);
  for (const [index, narrower] of all.entries()) {
    const broader = all[index - 1];
    if (broader && broader.limitUsd <= narrower.limitUsd) {
      throw invalidRequest(
        `Budget limits must be strictly decreasing as scope narrows: the ${broader.interval} limit ($${broader.limitUsd}) ` +
          `must be greater than the ${narrower.interval} limit ($${narrower.limitUsd}).`,
      );
    }
  }
  const known = budgetsOf(state, workspaceId).find((budget) => budget.interval === interval);
  const budget: WorkspaceBudget = {
    id: known?.id ?? random.uuid(),
    workspaceId,
    interval,
    limitUsd,
    createdAt: known?.createdAt ?? clock.now(),
    updatedAt: clock.now(),
  };
  state.budgets = [...state.budgets.filter((other) => other !== known), budget];
  return budget;
}

/** Broadest first. */
export const budgetsOf = ({ budgets }: State, workspaceId: string): WorkspaceBudget[] =>
  budgets.filter((budget) => budget.workspaceId === workspaceId).toSorted(byBreadth);

const byBreadth = (a: { interval: BudgetInterval }, b: { interval: BudgetInterval }): number =>
  budgetIntervals.indexOf(a.interval) - budgetIntervals.indexOf(b.interval);

/** @throws ApiError 403 that names the broadest budget of the caller's workspace that is spent */
export function checkWorkspaceBudgets(state: State, { workspaceId }: ApiKey, at: number): void {
  const countsByok = state.workspaces.find(({ id }) => id === workspaceId)?.includeByokInBudgets ?? false;
  const keys = state.apiKeys.filter((key) => key.workspaceId === workspaceId);
  for (const { interval, limitUsd } of budgetsOf(state, workspaceId)) {
    const period = interval === 'lifetime' ? null : interval;
    const spent = keys.reduce(
      (sum, { credits, byok }) => sum + spentIn(credits, period, at) + (countsByok ? spentIn(byok, period, at) : 0),
      0,
    );
    if (spent >= limitUsd) {
      throw new ApiError(
        403,
        `Workspace ${interval} budget of $${limitUsd.toFixed(2)} exceeded. Contact your org admin.`,
        { errorType: 'permission_denied' },
      );
    }
  }
}

export const budgetView = (budget: WorkspaceBudget) => ({
  id: budget.id,
  workspace_id: budget.workspaceId,
  limit_usd: budget.limitUsd,
  reset_interval: budget.interval === 'lifetime' ? null : budget.interval,
  created_at: isoTime(budget.createdAt),
  updated_at: isoTime(budget.updatedAt),
});
