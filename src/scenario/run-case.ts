import type { Check, Finding, Subject } from '../checks/check.ts';
import { judge } from '../checks/check.ts';
import { checks as invariants } from '../checks/checks.ts';
import { subjectOf } from '../checks/recognise.ts';
import { HarnessError } from '../errors.ts';
import { createdAt } from '../exchange/created-at.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { CaseFinding, StepSummary, Verdict } from '../report/events.ts';
import type { CaseRef, Credential, Origin, Session } from '../targets/target.ts';
import { NotApplicable } from '../targets/world.ts';
import { callOf } from './call.ts';
import { type Caller, exchangeOf } from './caller.ts';
import { collectAfter, collectBefore, lists } from './evidence.ts';
import { passedStep } from './exchange-view.ts';
import { notesOf } from './notes.ts';
import { isOutOfMeans } from './out-of-means.ts';
import type { Scenario, Step } from './scenario.ts';
import { summaryOf } from './step-summary.ts';

/** What became of one case. */
export interface CaseOutcome {
  verdict: Verdict;
  /** Why it could not run or does not apply. */
  reason?: string;
  code?: string;
  findings: CaseFinding[];
  steps: StepSummary[];
  notes: string[];
  origin?: Origin;
  /** One more than how often a call was made again. Absent: nothing was. */
  attempts?: number;
  firstAttempt?: { reason: string; findings: CaseFinding[] };
}

/** Runs one case in its session: given, call, exchange, checks, findings, verdict. The session is closed in the end, whatever happens. */
export async function runCase(
  scenario: Scenario,
  ref: CaseRef,
  { session, limits }: Omit<Caller, 'onRepeat'>,
): Promise<CaseOutcome> {
  const outcome: CaseOutcome = {
    verdict: 'pass',
    findings: [],
    steps: [],
    notes: [],
    ...(session.origin && { origin: session.origin }),
  };
  const onRepeat = (reason: string) => {
    outcome.attempts = (outcome.attempts ?? 1) + 1;
    outcome.firstAttempt ??= { reason, findings: [] };
  };
  const caller = { session, ...(limits && { limits }), onRepeat };
  try {
    const missing = await unlisted(scenario, ref, caller);
    if (missing.length > 0) throw new NotApplicable(`The endpoint does not list ${missing.join(', ')}.`);
    const earlier: Exchange[] = [];
    for (const [index, each] of scenario.steps.entries()) {
      const step =
        typeof each === 'function'
          ? each({ model: ref.model ?? '', mode: ref.mode, label: session.label, earlier })
          : each;
      const { exchange, findings, summary } = await runStep(step, index, ref, caller);
      earlier.push(exchange);
      outcome.steps.push(summary);
      outcome.findings.push(...findings.map((finding) => ({ ...finding, step: summary.step })));
      outcome.notes.push(...notesOf(exchange, step.expect));
    }
    await session.close('done');
    outcome.verdict = verdictOf(outcome.findings);
    if (outcome.verdict === 'pass') {
      outcome.steps = earlier.flatMap((exchange, index) => {
        const step = outcome.steps[index];
        return step ? [passedStep(step, exchange)] : [];
      });
    }
  } catch (error) {
    Object.assign(outcome, whyNot(await closing(session, error), outcome));
  }
  return outcome;
}

/** Closes the session after `error` and returns what is to be told: that something does not apply only when nothing else is wrong. */
async function closing(session: Session, error: unknown): Promise<unknown> {
  const outcome = error instanceof NotApplicable ? 'done' : 'failed';
  return session.close(outcome).then(
    () => error,
    (failure: unknown) => (outcome === 'done' ? failure : error),
  );
}

/** The worst that was found. What was only observed never weighs. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  if (findings.some(({ level }) => level === 'must')) return 'fail';
  if (findings.some(({ level }) => level === 'should')) return 'warn';
  return 'pass';
}

/** A breach already found stays one, even when the rest of the scenario could not be run. */
function whyNot(error: unknown, { findings }: CaseOutcome): Pick<CaseOutcome, 'verdict' | 'reason' | 'code'> {
  const failed = verdictOf(findings) === 'fail';
  if (error instanceof NotApplicable) return { verdict: failed ? 'fail' : 'not-applicable', reason: error.message };
  const verdict = failed ? 'fail' : 'could-not-run';
  if (error instanceof HarnessError) return { verdict, reason: error.message, code: error.code };
  return {
    verdict,
    reason: error instanceof Error ? (error.stack ?? error.message) : String(error),
    code: 'E_INTERNAL',
  };
}

async function runStep(step: Step, index: number, ref: CaseRef, caller: Caller) {
  const { session } = caller;
  const credential = await session.credential(step.given);
  const call = callOf(step.request, ref, credential);
  const before = await collectBefore(step.evidence, ref, credential, caller);
  const exchange = await exchangeOf(call, credential, caller, step);
  const made = createdAt(exchange);
  if (made !== null) session.adopt?.(made);
  const name = `${index + 1} ${call.method} ${call.path}`;
  refuseToJudge(exchange, step, name, { session, credential });
  refuseUnseen(exchange, step, session);
  const evidence = { ...before, ...(await collectAfter(step.evidence, ref, credential, caller, { exchange, before })) };
  const subject = subjectOf(exchange, { expect: step.expect, evidence });
  refuseSilence(step.checks, subject, name);
  return {
    exchange,
    findings: judge(distinct([...invariants, ...step.checks]), subject),
    summary: summaryOf(name, credential.name, exchange, session.sandbox ? openRouter : session.baseUrl),
  };
}

/** Without an answer there is nothing to judge; and a probe refused for another reason than the one it asks for proves nothing. */
function refuseToJudge(
  exchange: Exchange,
  step: Step,
  name: string,
  { session, credential }: { session: Session; credential: Credential },
): void {
  const { end, response } = exchange;
  if (response === undefined) {
    const code = end.how === 'timed-out' ? 'E_TIMEOUT' : 'E_NETWORK';
    throw new HarnessError(
      code,
      `${name}: no answer came (${[end.how, end.code, end.message].filter(Boolean).join(', ')}).`,
    );
  }
  if (step.leaveAfter !== undefined && end.how !== 'aborted') {
    throw new HarnessError('E_BLOCKED', `${name}: the answer was over before we could leave it (${end.how}).`);
  }
  const wanted = step.expect.status ?? [];
  if (wanted.includes(response.status)) return;
  const turnedAway = wanted.some((status) => status < 300)
    ? !session.sandbox && isOutOfMeans(exchange, credential)
    : elsewhere.has(response.status) || (response.status === 403 && /key limit exceeded/i.test(exchange.text));
  if (turnedAway) {
    throw new HarnessError(
      'E_BLOCKED',
      `${name}: asked for ${wanted.join(' or ')}, but was turned away with ${response.status} before that could be seen.`,
    );
  }
}

/** Where a reader would repeat what was seen in the sandbox, whose own address is gone. */
const openRouter = 'https://openrouter.ai/api/v1';

/** Say nothing of what a probe asks for. */
const elsewhere = new Set([401, 402, 408, 429, 500, 502, 503, 504, 524, 529]);

/**
 * What was only ever seen in traffic binds nobody: where it does not show, there is nothing to judge. The sandbox, though, stages it,
 * and then it has to be there.
 */
function refuseUnseen(exchange: Exchange, { expect }: Step, { sandbox = false }: Session): void {
  const status = exchange.response?.status ?? 0;
  if (expect.errorPath?.row.observedOnly !== true || expect.errorPath.row.status.includes(status)) return;
  const reason = `${expect.errorPath.id} has only been seen in traffic, and was not seen here: status ${status}.`;
  throw sandbox ? new HarnessError('E_BLOCKED', reason) : new NotApplicable(reason);
}

/** A check that a scenario counts on and that has nothing to judge would pass without having looked. */
function refuseSilence(demanded: readonly Check[], subject: Subject, name: string): void {
  const silent = demanded.filter((check) => check.applies !== undefined && !check.applies(subject));
  if (silent.length > 0 && subject.exchange.response?.status === 200) {
    throw new HarnessError('E_SUITE', `${name}: ${silent.map(({ id }) => id).join(', ')} had nothing to judge.`);
  }
}

async function unlisted(scenario: Scenario, ref: CaseRef, caller: Caller): Promise<string[]> {
  if (scenario.requires === undefined || scenario.requires.length === 0) return [];
  const listed = await lists(ref, caller);
  return scenario.requires.filter((parameter) => !listed.includes(parameter));
}

function distinct(all: readonly Check[]): Check[] {
  return [...new Map(all.map((check) => [check.id, check])).values()];
}
