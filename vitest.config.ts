import { defineConfig } from 'vitest/config';
import { defaultSettings } from './src/cli/default-settings.ts';
import { conformanceProject } from './src/cli/vitest-project.ts';

export default defineConfig({
  test: {
    taskTitleValueFormatTruncate: 0,
    projects: [
      {
        extends: true,
        test: {
          name: 'harness',
          include: ['src/**/*.test.ts'],
          pool: 'threads',
          isolate: false,
          // Vitest keeps a core for itself. Here most of the time goes by waiting for processes, so that all can be used.
          maxWorkers: '100%',
          experimental: { viteModuleRunner: false },
        },
      },
      {
        extends: true,
        test: { name: 'browser', include: ['src/**/*.browser.ts'], hookTimeout: 30_000, testTimeout: 30_000 },
      },
      {
        extends: true,
        test: {
          name: 'examples',
          include: ['src/**/*.example.ts'],
          pool: 'threads',
          isolate: false,
          maxWorkers: '100%',
          experimental: { viteModuleRunner: false },
          testTimeout: 120_000,
        },
      },
      { extends: true, ...conformanceProject(defaultSettings()) },
    ],
  },
});
