import { expect, test } from 'vitest';
import { costAt, tokenPrices } from './token-prices.ts';

const prices = { promptUsd: 4e-7, completionUsd: 1.6e-6 };
const charge = (promptTokens: number, completionTokens: number) => ({
  promptTokens,
  completionTokens,
  costUsd: costAt(prices, { promptTokens, completionTokens }),
});

test('the prices of both kinds of token follow from charges for different mixes', () => {
  const found = tokenPrices([charge(20, 16), charge(400, 5), charge(31, 200)]);
  expect(found?.promptUsd).toBeCloseTo(prices.promptUsd, 12);
  expect(found?.completionUsd).toBeCloseTo(prices.completionUsd, 12);
});

test('charges for one mix give one price for both, which is right for that mix', () => {
  const charges = [charge(20, 10), charge(40, 20)];
  const found = tokenPrices(charges);
  expect(found?.promptUsd).toBe(found?.completionUsd);
  expect(costAt(found ?? prices, { promptTokens: 60, completionTokens: 30 })).toBeCloseTo(
    costAt(prices, { promptTokens: 60, completionTokens: 30 }),
    12,
  );
});

test('prompts alone, as of answers without a word, give a price too', () => {
  expect(tokenPrices([charge(20, 0)])?.promptUsd).toBeCloseTo(prices.promptUsd, 12);
});

test('no charge gives no price', () => {
  expect(tokenPrices([])).toBeUndefined();
  expect(tokenPrices([{ promptTokens: 0, completionTokens: 0, costUsd: 0 }])).toBeUndefined();
});
