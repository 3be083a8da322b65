import { expect, it } from 'vitest';
import { sameModel } from './model-names.ts';

it.each([
  ['z-ai/glm-5.2', 'zai-org/GLM-5.2'],
  ['qwen/qwen3.6-27b', 'Qwen/Qwen3.6-27B'],
  ['z-ai/glm-5.2-20260816', 'z-ai/glm-5.2'],
  ['z-ai/glm-5.2:nitro', 'GLM-5.2-FP8'],
  ['deepseek/deepseek-v4-pro-2026-04-24', 'deepseek-ai/DeepSeek-V4-Pro-fp8-20260424'],
])('%s and %s are one model', (a, b) => {
  expect(sameModel(a, b)).toBe(true);
});

it.each([
  ['z-ai/glm-5.2', 'zai-org/GLM-5.3'],
  ['z-ai/glm-5.3', 'zai-org/GLM-5.3-Flash'],
  ['deepseek/deepseek-v4-flash', 'deepseek-ai/DeepSeek-V4-Flash-0731'],
  ['qwen/qwen3.6-27b', 'Qwen/Qwen3.6-35B-A3B'],
])('%s and %s are two', (a, b) => {
  expect(sameModel(a, b)).toBe(false);
});
