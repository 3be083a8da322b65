import { ApiError } from './api-error.ts';
import { limitRemaining } from './api-keys.ts';
import type { Model } from './endpoint.ts';
import type { Policy } from './wish.ts';
import { spentIn } from './spend.ts';
import type { ApiKey, Guardrail, State } from './state.ts';

const settlesInSeconds = 120;

/** Guardrails that hold for a caller: its workspace's default, and those assigned to the key or its owner. */
export function guardrailsFor(state: State, caller: ApiKey): Guardrail[] {
  const assigned = new Set(
    state.assignments
      .filter(({ subject }) =>
        'keyHash' in subject ? subject.keyHash === caller.hash : subject.userId === caller.creatorUserId,
      )
      .map(({ guardrailId }) => guardrailId),
  );
  return state.guardrails.filter(
    (guardrail) =>
      guardrail.account === caller.account &&
      guardrail.workspaceId === caller.workspaceId &&
      (guardrail.isDefault || assigned.has(guardrail.id)),
  );
}

/** All that account and guardrails forbid a caller with this model. */
export function policyFor(state: State, caller: ApiKey, model: Model): Policy {
  const { account } = caller;
  const guardrails = guardrailsFor(state, caller);
  return {
    allowedProviders: account.allowedProviders,
    ignoredProviders: account.ignoredProviders,
    zeroDataRetention:
      account.zeroDataRetention || guardrails.some((guardrail) => demandsNoRetention(guardrail, model)),
    allowTraining:
      account.allowTraining && !guardrails.some(({ settings }) => settings.enable_paid_model_training === false),
    allowFreePublication:
      account.allowFreePublication &&
      !guardrails.some(({ settings }) => settings.enable_free_model_publication === false),
    dataRegion: account.dataRegion,
    isRegionRestricted: state.platform.isRegionRestricted,
    guardrails: guardrails.map(({ settings }) => ({
      allowedProviders: settings.allowed_providers,
      ignoredProviders: settings.ignored_providers ?? [],
      allowedModels: settings.allowed_models,
      ignoredModels: settings.ignored_models ?? [],
    })),
  };
}

function demandsNoRetention({ settings }: Guardrail, { id }: Model): boolean {
  if (settings.enforce_zdr === true) return true;
  switch (id.split('/')[0]) {
    case 'anthropic':
      return settings.enforce_zdr_anthropic === true;
    case 'openai':
      return settings.enforce_zdr_openai === true;
    case 'google':
      return settings.enforce_zdr_google === true;
    case 'x-ai':
      return settings.enforce_zdr_xai === true;
    default:
      return settings.enforce_zdr_other === true;
  }
}

/**
 * Refuses a caller who may not spend: no credits, the key's own limit, a guardrail's budget. This comes before routing, so it
 * holds for own keys too: the fee is taken from credits.
 *
 * The documentation gives 402 for a key's limit; live traffic shows 403 (2026-10-08).
 */
export function checkBudgets(state: State, caller: ApiKey, at: number): void {
  const { account } = caller;
  const balance = account.totalCredits - account.totalUsage;
  if (balance <= 0) throw insufficientCredits(account.totalCredits > 0);
  if (balance <= account.reservedUsd) throw inFlight();
  if (limitRemaining(caller, at) === 0) {
    throw new ApiError(
      403,
      `Key limit exceeded (${caller.limitReset ?? 'total'} limit). Manage it using https://openrouter.ai/settings/keys`,
    );
  }
  for (const { settings } of guardrailsFor(state, caller)) {
    if (settings.limit_usd === null) continue;
    const spent =
      spentIn(caller.credits, settings.reset_interval, at) +
      (settings.include_byok_in_budgets ? spentIn(caller.byok, settings.reset_interval, at) : 0);
    if (spent >= settings.limit_usd) {
      throw new ApiError(403, `Guardrail "${settings.name}" budget of $${settings.limit_usd.toFixed(2)} exceeded.`, {
        errorType: 'permission_denied',
      });
    }
  }
}

/** It may be tried again; seen 2026-09. */
const inFlight = () =>
  new ApiError(
    402,
    'This request would exceed your available credits given your current in-flight requests. Retry after in-flight requests settle, or add credits.',
    {
      namesUser: true,
      retryAfter: settlesInSeconds,
      metadata: {
        reason: 'in_flight_budget_exhausted',
        limit_source: 'openrouter_in_flight_budget',
        remedy_hint:
          'Retry after your in-flight requests settle (see the Retry-After header). Adding credits at https://openrouter.ai/settings/credits raises your in-flight budget.',
        headers: { 'Retry-After': String(settlesInSeconds) },
      },
    },
  );

function insufficientCredits(everBought: boolean): ApiError {
  const text = everBought
    ? 'Insufficient credits. Add more using https://openrouter.ai/settings/credits'
    : 'Insufficient credits. This account never purchased credits. Make sure your key is on the correct account or org, ' +
      'and if so, purchase more at https://openrouter.ai/settings/credits';
  return new ApiError(402, text, {
    namesUser: true,
    metadata: {
      limit_source: 'openrouter_credits',
      remedy_hint:
        'Add credits at https://openrouter.ai/settings/credits, or lower max_tokens / prompt size to fit your remaining balance.',
    },
  });
}
