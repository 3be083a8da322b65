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
          experimental: { viteModuleRunner: false },
        },
      },
      {
        extends: true,
        test: { name: 'browser', include: ['src/**/*.browser.ts'], hookTimeout: 30_000, testTimeout: 30_000 },
      },
      { extends: true, ...conformanceProject(defaultSettings()) },
    ],
  },
});
