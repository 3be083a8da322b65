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

test('charges for much the same mix tell the two prices not apart', () => {
  expect(tokenPrices([charge(20, 10), charge(40, 20), charge(61, 30)])).toBeUndefined();
  expect(tokenPrices([charge(20, 0), charge(400, 0)])).toBeUndefined();
});

test('no charge gives no price', () => {
  expect(tokenPrices([])).toBeUndefined();
});
