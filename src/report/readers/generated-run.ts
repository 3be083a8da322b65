import type { CaseFinding, CaseFinished, Problem, RunEvent, Verdict } from '../events.ts';
import { caseFinished, finding, problem, runFinished, runStarted, step } from '../testing.ts';

const verdicts: readonly Verdict[] = ['pass', 'fail', 'warn', 'known', 'not-applicable', 'could-not-run'];

/** What servers and models say, at its worst for XML, for terminals, for Markdown and for whoever counts lines. */
const nasty: readonly string[] = [
  'is_byok true',
  'a ]]> b ]]> c',
  '</failure></testcase><testcase name="forged"/>',
  '<!-- &amp; &#0; "quoted" \'too\' -->',
  '\u001B[31mred\u001B[0m\u0000\u0008\u000B\u007F\u009B',
  'half a pair \uD800 and \uDC00, a whole one \u{1F600}, no character \uFFFE',
  'expected: forged\nactual: forged\r\nrequest id forged',
  '| a | cell |\n::error::forged\n# heading',
  '[[ATTACHMENT|/etc/hostname]]',
  ' \t\n ',
  '\u0001',
  '',
  'x'.repeat(5_000),
];

/** In [0, 1). */
type Random = () => number;

/** The events of some run: any verdict, any ending, any text. */
export function generatedRun(random: Random): RunEvent[] {
  const models = sample(random, ['z-ai/glm-5.2', 'qwen/qwen3.6-27b', 'a/b.c:free', null], 3);
  const families = sample(random, ['pinning', 'errors', 'chat-1'], 2);
  // Some runs are made of a few kinds only, or all would be red.
  const kinds = sample(random, verdicts, 6);
  const cases = models.flatMap((model) =>
    families.flatMap((family) =>
      Array.from({ length: int(random, 0, 4) }, (_, nth) => {
        const scenario = `${family}/case-${nth}`;
        return generatedCase(random, pick(random, kinds), { scenario, family, model });
      }),
    ),
  );
  const planned: RunEvent = {
    type: 'cases-planned',
    file: 'suites/a.suite.ts',
    cases: cases.map(({ scenario, family, model, mode }) => ({ scenario, family, model, mode })),
  };
  // Some twice, with another verdict.
  const twice = cases.filter(() => chance(random, 0.1)).map((one) => ({ ...one, verdict: pick(random, verdicts) }));
  const problems: Problem[] = chance(random, 0.3)
    ? sample(random, ['E_SUITE', 'E_CONFIG', 'E_INTERNAL', 'E_BASELINE'], 2).map((code) =>
        problem({ code, message: text(random), ...(chance(random, 0.5) && { file: 'suites/a.suite.ts' }) }),
      )
    : [];
  const start = runStarted({
    target: pick(random, ['replay', 'sandbox', 'live']),
    profile: pick(random, ['all', 'gate@1', nasty[2] ?? '']),
    hostname: text(random),
    ...(chance(random, 0.3) && { shard: { index: 2, count: 3 } }),
  });
  const end = pick(random, ['complete', 'complete', 'interrupted', 'killed']);
  return [
    start,
    planned,
    ...[...cases, ...twice].filter(() => chance(random, end === 'complete' ? 1 : 0.7)),
    ...problems,
    ...(end === 'killed' ? [] : [runFinished({ interrupted: end === 'interrupted' })]),
  ];
}

function generatedCase(
  random: Random,
  verdict: Verdict,
  id: Pick<CaseFinished, 'scenario' | 'family' | 'model'>,
): CaseFinished {
  const attempts = chance(random, 0.2) ? 2 : 1;
  return caseFinished({
    ...id,
    mode: pick(random, ['json', 'stream', null]),
    verdict,
    says: text(random),
    line: int(random, 0, 40),
    durationMs: random() * 10 ** int(random, -7, 6),
    findings: verdict === 'pass' || verdict === 'not-applicable' ? [] : findings(random, verdict === 'warn' ? 1 : 0),
    ...(verdict !== 'pass' && chance(random, 0.7) && { reason: text(random) }),
    ...(verdict === 'could-not-run' && chance(random, 0.7) && { code: 'E_NETWORK' }),
    steps: Array.from({ length: int(random, verdict === 'fail' ? 1 : 0, 3) }, (_, nth) =>
      step({
        step: `${nth + 1} POST /chat/completions`,
        provider: text(random),
        generationId: `gen-${int(random, 1, 1e9)}`,
        requestId: `ray-${int(random, 1, 1e9)}`,
        ...(chance(random, 0.5) && { firstContentMs: random() * 1_000 }),
      }),
    ),
    notes: chance(random, 0.3) ? [text(random)] : [],
    ...(chance(random, 0.2) && { beyondProfile: true as const }),
    ...(chance(random, 0.2) && { waits: [{ what: text(random), ms: random() * 60_000 }] }),
    attempts,
    ...(attempts > 1 &&
      chance(random, 0.8) && { firstAttempt: { reason: text(random), findings: findings(random, 0) } }),
  });
}

function findings(random: Random, least: number): CaseFinding[] {
  return Array.from({ length: int(random, least, 4) }, () =>
    finding({
      check: pick(random, ['usage.is-byok-true', 'body.provider', 'stream.done']),
      level: pick(random, ['must', 'should', 'observed']),
      expected: text(random),
      actual: text(random),
      where: text(random),
    }),
  );
}

function text(random: Random): string {
  return Array.from({ length: int(random, 1, 3) }, () => pick(random, nasty)).join(pick(random, ['', ' ', '\n']));
}

function chance(random: Random, probability: number): boolean {
  return random() < probability;
}

/** Whole number in [min, max], both included. */
function int(random: Random, min: number, max: number): number {
  return min + Math.floor(random() * (max - min + 1));
}

function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[int(random, 0, items.length - 1)];
  if (item === undefined) throw new RangeError('Expected something to pick from.');
  return item;
}

/** At least one and at most `most` of them, in their order. */
function sample<Item>(random: Random, items: readonly Item[], most: number): Item[] {
  const count = int(random, 1, Math.min(most, items.length));
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(int(random, 0, items.length - 1));
  return items.filter((_, index) => chosen.has(index));
}
