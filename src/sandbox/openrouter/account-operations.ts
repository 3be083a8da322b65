import { ApiError, invalidRequest } from './api-error.ts';
import { currentKeyView } from './api-keys.ts';
import { chat } from './chat.ts';
import { completions } from './completions.ts';
import { messagesErrorBody } from './messages-error.ts';
import { messages } from './messages.ts';
import { anyKey, inferenceKey, management, ok, operation } from './operation.ts';
import type { Operation } from './operation.ts';
import { responses } from './responses.ts';

/** Answers, and what they did to key and account. */
export const accountOperations: readonly Operation[] = [
  operation('POST', '/chat/completions', inferenceKey, chat),
  operation('POST', '/completions', inferenceKey, completions),
  operation('POST', '/responses', inferenceKey, responses),
  { ...operation('POST', '/messages', inferenceKey, messages), errorBody: messagesErrorBody },

  operation('GET', '/key', anyKey, ({ clock }, { caller }) => ok({ data: currentKeyView(caller, clock.now()) })),

  operation('GET', '/credits', management(403), (_world, { caller: { account } }) =>
    ok({ data: { total_credits: account.totalCredits, total_usage: account.totalUsage } }),
  ),

  operation('GET', '/generation', anyKey, ({ state, clock }, { caller, query }) => {
    if (state.platform.recordsFail !== null) throw recordsFail(state.platform.recordsFail);
    const id = query.get('id');
    if (!id) throw invalidRequest();
    const entry = state.generations.get(id);
    const isReadable = entry && entry.account === caller.account && entry.availableAt <= clock.now();
    if (!isReadable) throw new ApiError(404, `Generation ${id} not found`);
    return { ...ok({ data: entry.record }), headers: { 'cache-control': 'private, no-store' } };
  }),

  // No path of OpenRouter: what the provider itself charged to the customer's keys, which the provider shows on its own site.
  operation('GET', '/sandbox/ledger', anyKey, ({ upstream }) => {
    const { charged_usd, requests } = upstream.ledger();
    return ok({ data: { charged_usd, requests } });
  }),
];

/** Texts of https://openrouter.ai/openapi.yaml, GET /generation. */
function recordsFail(status: 402 | 502 | 529): ApiError {
  if (status !== 402) return new ApiError(status, 'Provider returned error');
  return new ApiError(402, 'Insufficient credits. Add more using https://openrouter.ai/credits');
}
