import { casesByNote, troubled } from '../case-lists.ts';
import { coverageOf, coveragePhrase, totalCoverage, type EndpointCoverage } from '../coverage.ts';
import type { Counts } from '../counts.ts';
import type { Mode } from '../../targets/target.ts';
import type { KnownRequirement, Problem, Source, Verdict } from '../events.ts';
import type { HistoryEntry } from '../history-entry.ts';
import { subjectOf, type Matrix } from '../matrix.ts';
import { originCaution, originPhrase } from '../origin.ts';
import { byLevel, verdictPhrase } from '../phrases.ts';
import { exitCode, type ReportCase, type RunReport } from '../run-report.ts';
import { cut, oneLine } from '../text.ts';
import { spendOf, type SpendTable } from './spend.ts';
import { trendOf, type Trend } from './trend.ts';

/** Everything the page shows before a case is looked at. The client reads it from the page; strings may hold anything. */
export interface PageData {
  runId: string;
  at: string;
  exitCode: number;
  /** E.g. `FAILED` and `1 of 12 cases failed`. */
  verdict: { word: string; rest: string };
  /** What the run was, as name and value. */
  facts: [name: string, value: string][];
  origin: string;
  /** Why the result must not be taken for one about the real services; null when it may. */
  caution: string | null;
  counts: Counts;
  /** Of the cases that decide the result. */
  required: Counts;
  matrix: Matrix;
  /** Index of each case that was not as it should be, what decides the result first. */
  troubled: number[];
  scenarios: { id: string; family: string; says: string }[];
  cases: IndexedCase[];
  /** How many cases stand in each of the blocks that follow. */
  casesPerBlock: number;
  problems: Problem[];
  requirements: KnownRequirement[];
  errorPaths: { id: string; source?: Source }[];
  coverage: { phrase: string; rows: EndpointCoverage[] } | null;
  spend: SpendTable;
  notes: { text: string; cases: number }[];
  /** Notes beyond those shown. */
  moreNotes: number;
  trend: Trend | null;
}

/** A case in the list, under the name it has in every report. */
export interface IndexedCase {
  /** Index of its scenario. */
  scenario: number;
  name: string;
  /** The model, or `account`. */
  subject: string;
  mode: Mode | null;
  verdict: Verdict;
  /** The profile does not ask for it. */
  beyondProfile?: true;
  /** Of a case that did not pass: what is wrong. */
  brief?: Brief;
}

interface Brief {
  check?: string;
  expected?: string;
  actual?: string;
  reason?: string;
}

const maxBrief = 300;
const maxNotes = 200;

export function pageData(report: RunReport, casesPerBlock: number, history: readonly HistoryEntry[]): PageData {
  const { run, finished, cases, origin } = report;
  const [word = '', ...rest] = verdictPhrase(report).split(': ');
  const ids = new Map<string, number>();
  const scenarios: PageData['scenarios'] = [];
  const scenarioOf = ({ scenario: id, family, says }: ReportCase) => {
    const known = ids.get(id);
    if (known !== undefined) return known;
    ids.set(id, scenarios.length);
    return scenarios.push({ id, family, says }) - 1;
  };
  return {
    runId: run.runId,
    at: run.at,
    exitCode: exitCode(report),
    verdict: { word, rest: rest.join(': ') },
    facts: [
      ['Target', run.baseUrl === null ? run.target : `${run.target}, ${run.baseUrl}`],
      ['Profile', run.profile],
      ['Models', run.models.join(', ') || 'none'],
      ['Harness', run.harnessVersion],
      ['Contract', run.contractVersion],
      ['Began', run.at.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')],
      ['Took', finished === null ? 'unknown: it was killed' : `${(finished.durationMs / 1_000).toFixed(1)} s`],
      ['Machine', run.shard ? `${run.hostname}, shard ${run.shard.index} of ${run.shard.count}` : run.hostname],
    ],
    origin: originPhrase(origin),
    caution: originCaution(origin),
    counts: report.counts,
    required: report.required,
    matrix: report.matrix,
    troubled: indexesIn(cases, troubled(cases)),
    cases: cases.map((one) => indexed(one, scenarioOf(one))),
    scenarios,
    casesPerBlock,
    problems: report.problems.map((one) => ({ ...one, message: cut(one.message, 4_000) })),
    requirements: run.requirements ?? [],
    errorPaths: run.errorPaths.map(({ id, source }) => ({ id, ...(source && { source }) })),
    coverage: coverage(report),
    spend: spendOf(report),
    ...notes(cases),
    trend: trendOf(history),
  };
}

function indexesIn(all: readonly ReportCase[], some: readonly ReportCase[]): number[] {
  const places = new Map(all.map((one, index) => [one, index]));
  return some.flatMap((one) => places.get(one) ?? []);
}

function indexed(one: ReportCase, scenario: number): IndexedCase {
  const { name, mode, verdict } = one;
  const about = verdict === 'pass' ? undefined : briefOf(one);
  return {
    scenario,
    name,
    subject: subjectOf(one),
    mode,
    verdict,
    ...(one.beyondProfile && { beyondProfile: true }),
    ...(about && { brief: about }),
  };
}

function briefOf({ findings, reason }: ReportCase): Brief {
  const first = byLevel(findings)[0];
  return {
    ...(first && {
      check: first.check,
      expected: cut(oneLine(first.expected), maxBrief),
      actual: cut(oneLine(first.actual), maxBrief),
    }),
    ...(reason !== undefined && { reason: cut(oneLine(reason), maxBrief) }),
  };
}

function coverage(report: RunReport): PageData['coverage'] {
  const rows = coverageOf(report);
  if (!rows.some(({ live, sandboxOnly }) => live + sandboxOnly > 0)) return null;
  return { phrase: coveragePhrase(totalCoverage(rows)), rows };
}

function notes(cases: readonly ReportCase[]): Pick<PageData, 'notes' | 'moreNotes'> {
  const groups = casesByNote(cases);
  return {
    notes: [...groups].slice(0, maxNotes).map(([text, same]) => ({ text, cases: same.length })),
    moreNotes: Math.max(0, groups.size - maxNotes),
  };
}
