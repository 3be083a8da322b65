import { invalidRequest } from './api-error.ts';
import type { ResponsesItem, ResponsesRequest } from './responses-request.ts';

const toolSearch = 'openrouter:tool_search';
const bm25 = 'tool_search_tool_bm25_20251119';

/**
 * Rules for tools that concern more than one field: https://openrouter.ai/docs/guides/features/server-tools
 *
 * @throws ApiError 400
 */
export function checkResponsesTools({ tools, tool_choice: choice, input }: ResponsesRequest): void {
  const all = tools ?? [];
  if (all.some(({ type }) => type === 'openrouter:bash')) {
    throw invalidRequest('`openrouter:bash` is only available on the Messages API');
  }
  if (all.some(({ type }) => type === bm25)) {
    throw invalidRequest(
      `${bm25} is not supported yet. OpenRouter implements the regex tool-search variant only — use \`${toolSearch}\` instead.`,
    );
  }
  const search = all.find(({ type }) => type === toolSearch);
  if (search && choice !== undefined && choice !== null && choice !== 'auto') {
    throw invalidRequest(
      `\`tool_choice\` conflicts with \`${toolSearch}\`. Deferred tools are revealed through tool search, so a choice cannot be forced.`,
    );
  }
  if (search?.['defer_loading'] === true) throw invalidRequest(`\`${toolSearch}\` cannot be deferred itself`);
  if (all.length > 0 && all.every((tool) => tool['defer_loading'] === true)) {
    throw invalidRequest('At least one tool must remain non-deferred');
  }
  if (typeof input !== 'string') checkSubagents(input);
}

/** What a subagent called can be replayed only together with the call that spawned the subagent. */
function checkSubagents(items: readonly ResponsesItem[]): void {
  const spawned = new Set(items.flatMap((item) => (item.type === 'openrouter:subagent' ? [item['call_id']] : [])));
  const lost = items.find((item) => item['subagent_id'] !== undefined && !spawned.has(item['subagent_id']));
  if (lost) throw invalidRequest(`Unknown subagent_id: ${String(lost['subagent_id'])}`);
}
