import { messagesTypeOf } from '../contract/errors/mapping.ts';
import type { ErrorRow, Skin } from '../contract/errors/row.ts';
import type { Level } from '../contract/requirement.ts';
import { describe } from '../contract/validate.ts';
import { readAnswer } from '../exchange/answer.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { Breach, Check, Subject } from './check.ts';
import { formInWords, formOf, formsOf } from './error-form.ts';
import { isErrorType, responsesCodesOf, statusesOfType } from './error-types.ts';
import { answerOf, at, header, listAt, statusOf, stringAt } from './reading.ts';

interface Path {
  row: ErrorRow;
  skin: Skin;
}

const parts = [
  {
    id: 'error-path.status',
    holds: 'The HTTP status is one of those documented for this failure.',
    covers: ['errors.code-is-status'],
    breaches: statusBreaches,
  },
  {
    id: 'error-path.form',
    holds: 'The failure is there, in the form documented for it.',
    covers: ['errors.envelope', 'errors.in-band'],
    breaches: formBreaches,
  },
  {
    id: 'error-path.type',
    holds: 'The error type, where one is sent, is the one documented for this failure.',
    covers: ['errors.envelope'],
    breaches: typeBreaches,
  },
  {
    id: 'error-path.availability',
    holds: 'The availability object, where one is sent, names the documented code.',
    covers: ['errors.404'],
    breaches: availabilityBreaches,
  },
  {
    id: 'error-path.message',
    holds: 'The message says what went wrong.',
    covers: ['errors.envelope'],
    breaches: messageBreaches,
  },
  {
    id: 'error-path.headers',
    holds: 'The headers documented for this failure are there.',
    covers: ['errors.envelope'],
    breaches: headerBreaches,
  },
] as const satisfies readonly (Pick<Check, 'id' | 'holds' | 'covers'> & {
  breaches(subject: Subject, path: Path): Breach[];
})[];

/** Ids of the checks of one documented failure. */
export type ErrorPathCheckId = (typeof parts)[number]['id'];

/**
 * The checks of one documented failure on one inference API; any API but those has `chat`. They always have something to say:
 * an answer that does not fail breaks the one about the form.
 */
export function failsAs(id: string, row: ErrorRow, skin: Skin): Check[] {
  return parts.map(({ id: check, holds, covers, breaches }) => ({
    id: check,
    level: 'must',
    holds,
    covers,
    judge: (subject) =>
      breaches(subject, { row, skin }).map((breach) => ({ ...soften(breach, row), where: `${id} ${breach.where}` })),
  }));
}

/** A failure that was only ever seen binds nobody to its looks; but without any failure nothing would have been shown. */
function soften(breach: Breach, { observedOnly }: ErrorRow): Breach {
  return observedOnly === true && breach.expected !== anyFailure ? { ...breach, level: 'observed' } : breach;
}

const anyFailure = 'a failure';

function statusBreaches(subject: Subject, { row }: Path): Breach[] {
  const status = statusOf(subject);
  return status !== undefined && row.status.includes(status)
    ? []
    : [{ expected: `status ${row.status.join(' or ')}`, actual: describe(status), where: 'status' }];
}

function formBreaches({ exchange }: Subject, { row, skin }: Path): Breach[] {
  const seen = formOf(exchange);
  if (seen === null) {
    return [{ expected: anyFailure, actual: `an answer with status ${exchange.response?.status}`, where: 'form' }];
  }
  const forms = formsOf(row, skin);
  const expected = forms.map(formInWords).join(', or ');
  return forms.includes(seen) ? [] : [{ expected, actual: formInWords(seen), where: 'form' }];
}

/** An accepted status beside the documented one brings its own types. */
function acceptedTypes({ row }: Path, status: number | undefined): (type: string) => boolean {
  const documented: readonly string[] = row.errorType ?? [];
  const other = status !== undefined && status !== row.status[0] && row.status.includes(status);
  return (type) => documented.includes(type) || (other && statusesOfType(type)?.includes(status) === true);
}

function typeBreaches(subject: Subject, path: Path): Breach[] {
  const error = answerOf(subject)?.error;
  const documented = path.row.errorType;
  if (error === null || error === undefined || documented === undefined) return [];
  const accepts = acceptedTypes(path, statusOf(subject));
  const expected = documented.join(' or ');
  const stated = error.errorType;
  const breaches: Breach[] = [];
  if (stated !== undefined && !accepts(stated)) {
    breaches.push({ expected, actual: stated, where: `${error.pointer} error_type` });
  }
  const known = [...documented, ...(stated !== undefined && isErrorType(stated) ? [stated] : [])];
  const words = path.skin === 'messages' ? known.map(messagesTypeOf) : known.flatMap(responsesCodesOf);
  const [word, field] = path.skin === 'messages' ? [error.type, 'type'] : [error.code, 'code'];
  // A validator refuses every body that makes no sense as an invalid prompt.
  const worded = path.skin === 'messages' || path.skin === 'responses';
  if (worded && typeof word === 'string' && !words.includes(word) && statusOf(subject) === path.row.status[0]) {
    breaches.push({
      expected: [...new Set(words)].join(' or '),
      actual: word,
      where: `${error.pointer}/${field}`,
      ...(word === 'invalid_prompt' && path.row.status[0] === 400 ? { level: 'observed' as const } : {}),
    });
  }
  return breaches;
}

function availabilityBreaches(subject: Subject, { row }: Path): Breach[] {
  const error = answerOf(subject)?.error;
  const code = stringAt(error?.availability, 'code');
  // Another accepted status is another source's opinion, which knows no availability.
  if (code === undefined || row.availability === undefined || statusOf(subject) !== row.status[0]) return [];
  const where = `${error?.pointer} availability`;
  const known: readonly string[] = row.availability.code;
  if (!known.includes(code)) return [{ expected: known.join(' or '), actual: code, where: `${where}/code` }];
  const { excludedBy } = row.availability;
  const reasons = listAt(error?.availability, 'excluded_by');
  return excludedBy === undefined || reasons.length === 0 || reasons.includes(excludedBy)
    ? []
    : [{ expected: excludedBy, actual: reasons.join(', '), where: `${where}/excluded_by` }];
}

function messageBreaches(subject: Subject, { row, skin }: Path): Breach[] {
  const error = answerOf(subject)?.error;
  if (row.message === undefined || error === null || error === undefined) return [];
  const { pattern, level } = row.message;
  if (new RegExp(pattern).test(error.message ?? '')) return [];
  const breach = { expected: `a message matching ${pattern}`, actual: describe(error.message) };
  return [{ ...breach, where: `${error.pointer}/message`, level: levelOn(skin, row, level) }];
}

/** A text that one API's specification gives is likely on the others, no more. */
function levelOn(skin: Skin, { endpoint, alsoOn }: ErrorRow, level: Level): Level {
  const inherited = endpoint !== skin && alsoOn?.some((other) => other === skin) === true;
  return inherited && level === 'must' ? 'should' : level;
}

const watched = ['retry-after', 'x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'];

function headerBreaches(subject: Subject, { row }: Path): Breach[] {
  const known = Object.keys(subject.exchange.response?.headers ?? {}).length > 0;
  if (!known || row.headers === undefined || statusOf(subject) !== row.status[0]) return [];
  const { required = [], allowed = [] } = row.headers;
  const missing = required.filter((name) => header(subject, name) === undefined);
  const extra = watched.filter(
    (name) => header(subject, name) !== undefined && !required.includes(name) && !allowed.includes(name),
  );
  return [
    ...missing.map((name) => ({ expected: 'to be present', actual: 'absent', where: `header ${name}` })),
    ...extra.map((name) => ({
      expected: 'to be absent',
      actual: header(subject, name) ?? '',
      where: `header ${name}`,
      level: 'should' as const,
    })),
  ];
}

/** Which of several accepted forms was seen, in one sentence; null when the row accepts but one, or none of them was seen. */
export function formSeen(row: ErrorRow, exchange: Exchange): string | null {
  const answer = readAnswer(exchange);
  const status = exchange.response?.status;
  const seen = formOf(exchange);
  const skin = answer?.skin ?? 'chat';
  if (seen === null || status === undefined || !formsOf(row, skin).includes(seen)) return null;
  const choices = [
    row.status.length > 1 ? `status ${status} (of ${row.status.join(', ')})` : null,
    formsOf(row, skin).length > 1 ? formInWords(seen) : null,
    envelopeSeen(skin, answer?.error?.type, answer?.error?.code),
    at(answer?.error, 'availability') === undefined && row.availability !== undefined ? 'no availability object' : null,
  ].filter((choice) => choice !== null);
  return choices.length === 0 ? null : `Seen: ${choices.join(', ')}.`;
}

/** Where the specification and the traffic, or the specification and the prose, have different envelopes. */
function envelopeSeen(skin: Skin, type: string | undefined, code: unknown): string | null {
  if (skin === 'messages' && (type !== undefined || code !== undefined)) {
    return type === undefined ? 'OpenRouter’s envelope' : 'Anthropic’s envelope';
  }
  if (skin === 'chat' || skin === 'completions') return typeof code === 'string' ? 'a word for a code' : null;
  return code === undefined ? null : `${typeof code === 'string' ? 'a word' : 'a number'} for a code`;
}
