import { defineConfig } from 'vitest/config';

const unitTests = ['shared', 'sync-server', 'electron', 'renderer', 'bench', 'scripts']
  .map((folder) => `${folder}/**/*.test.{ts,tsx}`)
  .concat('tests/{contracts,convergence,crash,gates,replication,security,storage,support}/**/*.test.ts');

export default defineConfig({
  test: {
    // Many tests wait for processes of their own; vitest by itself would leave one of two cores idle.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          setupFiles: ['tests/support/cleanUp.ts'],
          include: unitTests,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          setupFiles: ['tests/support/cleanUp.ts'],
          include: ['tests/e2e/**/*.e2e.ts'],
          fileParallelism: false,
          sequence: { concurrent: false },
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
