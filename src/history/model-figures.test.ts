import { expect, test } from 'vitest';
import { caseFinished, step } from '../report/testing.ts';
import { chargesOf, modelFigures } from './model-figures.ts';

const answer = (id: string, changes: Parameters<typeof step>[0]) => step({ generationId: id, costUsd: 0, ...changes });

test('latency is that of the streams on the own key', () => {
  const cases = [100, 300, 200, 4_000].map((firstContentMs, index) =>
    caseFinished({ steps: [answer(`gen-${index}`, { firstContentMs })] }),
  );
  cases.push(caseFinished({ steps: [answer('gen-shared', { firstContentMs: 9_000, isByok: false })] }));
  expect(modelFigures(cases)['z-ai/glm-5.2']).toMatchObject({ firstContentP50Ms: 200, firstContentP95Ms: 4_000 });
});

test('cost is what was taken from the credits and what the provider charges, each answer once', () => {
  const paid = answer('gen-1', { costUsd: 0.01, providerCostUsd: 0.2 });
  const figures = modelFigures([
    caseFinished({ steps: [paid, paid, answer('gen-2', { costUsd: 0.1, isByok: false })] }),
  ]);
  expect(figures['z-ai/glm-5.2']?.costUsd).toBeCloseTo(0.31, 12);
});

test('a charge is what the provider took for an answer on the own key, each answer once, and nothing is none', () => {
  const own = answer('gen-1', { costUsd: 0.01, providerCostUsd: 0.2 });
  const others = answer('gen-2', { isByok: false, costUsd: 0.1 });
  const failed = answer('gen-3', { providerCostUsd: 0 });
  expect(chargesOf([caseFinished({ steps: [own, own, others, failed] })])).toEqual([
    { promptTokens: 20, completionTokens: 5, costUsd: 0.2 },
  ]);
});

test('a model that answered nothing has neither latency nor price, and the account is no model', () => {
  expect(modelFigures([caseFinished({}), caseFinished({ model: null, steps: [step()] })])).toEqual({
    'z-ai/glm-5.2': { firstContentP50Ms: null, firstContentP95Ms: null, costUsd: 0 },
  });
});
