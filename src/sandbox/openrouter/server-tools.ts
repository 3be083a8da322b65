import { invalidRequest } from './api-error.ts';

interface Tool {
  type?: unknown;
  name?: unknown;
  parameters?: { name?: unknown };
}

/**
 * Rules for OpenRouter's own tools that hold on every inference API: https://openrouter.ai/docs/guides/features/server-tools/advisor
 *
 * @param body of the request, in whichever API's words
 * @throws ApiError 400
 */
export function checkServerTools(body: unknown): void {
  const { tools } = body as { tools?: unknown };
  if (!Array.isArray(tools)) return;
  const advisors = (tools as Tool[]).filter(({ type }) => type === 'openrouter:advisor');
  const names = advisors.map(({ name, parameters }) => name ?? parameters?.name);
  if (names.filter((name) => name === undefined).length > 1) {
    throw invalidRequest(
      'Only one advisor tool can serve as the default. All other advisor tools must have a name defined.',
    );
  }
  if (new Set(names).size < names.length) throw invalidRequest('Advisor tools must have different names.');
}

/** Tools of OpenRouter's that /chat/completions does not offer. */
const elsewhere: Record<string, string> = {
  'openrouter:bash': 'the Messages API',
  'openrouter:shell': 'the Responses API',
  'openrouter:tool_search': 'the Responses and Messages APIs',
};

/** @throws ApiError 400 for a tool that another API offers: https://openrouter.ai/docs/guides/features/server-tools/tool-search */
export function checkChatTools(tools: readonly { type: string }[]): void {
  for (const { type } of tools) {
    const where = elsewhere[type];
    if (where !== undefined) throw invalidRequest(`\`${type}\` is only available on ${where}`);
  }
}
