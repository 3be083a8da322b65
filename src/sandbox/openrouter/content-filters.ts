import { ApiError } from './api-error.ts';
import type { ChatRequest } from './chat-request.ts';
import { detect, entityOf, labelOf } from './detectors.ts';
import type { ContentFilters, Guardrail } from './state.ts';

type Messages = ChatRequest['messages'];

/** One step before routing, as the router metadata shows it: https://openrouter.ai/openapi.yaml PipelineStage */
export interface PipelineStage {
  type: 'guardrail';
  name: 'regex_pi_detection' | 'content-filter';
  guardrail_id: string;
  guardrail_scope: string;
  summary: string;
  data: Record<string, unknown>;
}

/** What guardrails make of the messages of a request. */
export interface Screening {
  /** Redacted where a filter says so. */
  messages: Messages;
  /** Of the filters that found something. */
  stages: PipelineStage[];
  /** The first block. */
  refusal: ApiError | null;
}

/** One filter, builtin or the customer's own. */
interface Filter {
  action: 'block' | 'redact' | 'flag';
  placeholder: string;
  /** Shown in the metadata; never the text that was found, except for prompt injection. */
  entity: string;
  isInjection: boolean;
  userOnly: boolean;
  find(text: string): string[];
}

/** Puts the messages through the filters of all guardrails: https://openrouter.ai/docs/guides/features/guardrails */
export function screen(guardrails: readonly Guardrail[], messages: Messages): Screening {
  const screening: Screening = { messages, stages: [], refusal: null };
  for (const guardrail of guardrails) {
    for (const filter of filtersOf(guardrail.settings)) {
      const scanned = screening.messages.filter(({ role }) => !filter.userOnly || role === 'user');
      const found = scanned.flatMap(textsOf).flatMap((text) => filter.find(text));
      if (found.length === 0) continue;
      screening.stages.push(stageOf(guardrail, filter, found));
      if (filter.action === 'redact') screening.messages = screening.messages.map((message) => redact(message, filter));
      if (filter.action === 'block') screening.refusal ??= blocked(filter, found);
    }
  }
  return screening;
}

function filtersOf({ content_filters: own, content_filter_builtins: builtins }: Guardrail['settings']): Filter[] {
  return [...(builtins ?? []).map(builtin), ...(own ?? []).map(custom)];
}

function builtin({ slug, action, scan_scope: scope }: NonNullable<ContentFilters['builtins']>[number]): Filter {
  return {
    action,
    placeholder: labelOf(slug),
    entity: entityOf(slug),
    isInjection: slug === 'regex-prompt-injection',
    userOnly: scope === 'user_only',
    find: (text) => detect(slug, text),
  };
}

function custom({ pattern, action, label }: NonNullable<ContentFilters['own']>[number]): Filter {
  const placeholder = label ?? '[REDACTED]';
  return {
    action,
    placeholder,
    entity: label?.replace(/^\[(.*)\]$/, '$1') ?? 'CUSTOM',
    isInjection: false,
    userOnly: false,
    find: (text) => [...text.matchAll(new RegExp(pattern, 'g'))].map(([found]) => found).filter(Boolean),
  };
}

const textsOf = ({ content }: Messages[number]): string[] =>
  typeof content === 'string'
    ? [content]
    : (content ?? []).flatMap(({ text }) => (typeof text === 'string' ? [text] : []));

function redact(message: Messages[number], { find, placeholder }: Filter): Messages[number] {
  const clean = (text: string) => find(text).reduce((left, found) => left.replaceAll(found, placeholder), text);
  const { content } = message;
  if (typeof content === 'string') return { ...message, content: clean(content) };
  const parts = content?.map((part) =>
    typeof part['text'] === 'string' ? { ...part, text: clean(part['text']) } : part,
  );
  return { ...message, content: parts };
}

const done = { block: 'blocked', redact: 'redacted', flag: 'flagged' } as const;
const capital = { block: 'Blocked', redact: 'Redacted', flag: 'Flagged' } as const;

function stageOf({ id, isDefault }: Guardrail, filter: Filter, found: readonly string[]): PipelineStage {
  const { action, entity, isInjection } = filter;
  const where = { guardrail_id: id, guardrail_scope: isDefault ? 'workspace' : 'api-key' };
  const patterns = [...new Set(found)];
  if (isInjection) {
    const count = `${patterns.length} pattern${patterns.length === 1 ? '' : 's'} matched`;
    return {
      type: 'guardrail',
      name: 'regex_pi_detection',
      ...where,
      summary: `${capital[action]}: prompt injection detected (${count})`,
      data: { action: done[action], detected: true, engines: ['regex'], patterns },
    };
  }
  return {
    type: 'guardrail',
    name: 'content-filter',
    ...where,
    summary: `${capital[action]}: content filter matched (${entity})`,
    data: { action: done[action], flagged: true, engines: ['regex'], matched_entity_types: [entity] },
  };
}

function blocked({ isInjection, entity }: Filter, found: readonly string[]): ApiError {
  const message = isInjection
    ? 'Request blocked: prompt injection patterns detected'
    : `Request blocked: content filter matched (${entity})`;
  const patterns = isInjection ? [...new Set(found)] : [entity];
  return new ApiError(403, message, { errorType: 'permission_denied', metadata: { patterns } });
}
