import { defineConfig } from 'vitest/config';

// Node runs the TypeScript sources as they are, so the module runner would only cost time.
const native = { viteModuleRunner: false } as const;

export default defineConfig({
  test: {
    pool: 'threads',
    taskTitleValueFormatTruncate: 0,
    projects: [
      {
        test: {
          name: 'harness',
          include: ['src/**/*.test.ts'],
          pool: 'threads',
          isolate: false,
          experimental: native,
        },
      },
      {
        test: {
          name: 'conformance',
          include: ['suites/**/*.suite.ts'],
          pool: 'threads',
          isolate: false,
          experimental: native,
        },
      },
    ],
  },
});
