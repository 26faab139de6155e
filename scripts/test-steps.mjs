import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureConsoleBuild } from './build-console.mjs';
import { runCommand } from './command.mjs';
import { openDisplay } from './display.mjs';
import { pinnedNode, root } from './paths.mjs';
import { serverEntry } from './server-process.mjs';

export const unitSteps = [
  {
    name: 'Unit, contract, convergence and crash tests',
    run: async () => {
      // Servers that are killed never write the compile cache; this one ends in order and fills it for them.
      await runCommand(pinnedNode, [serverEntry, '--help'], { stdio: 'ignore' });
      return runVitest('unit', process.env);
    },
  },
];

export const endToEndSteps = [
  {
    name: 'Build of the console',
    run: async () => {
      await ensureConsoleBuild();
      return { passed: 1, failed: 0 };
    },
  },
  {
    name: 'End-to-end tests in the real Electron',
    run: async () => {
      const display = await openDisplay();
      try {
        return await runVitest('e2e', display.environment);
      } finally {
        await display.close();
      }
    },
  },
];

async function runVitest(project, environment) {
  const folder = mkdtempSync(join(tmpdir(), 'steward-vitest-'));
  try {
    const report = join(folder, 'report.json');
    const parameters = [
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ];
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const code = await runCommand(pinnedNode, [vitest, ...parameters], { env: environment });
    return countTests(JSON.parse(readFileSync(report, 'utf8')), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file that could not be loaded, and a run that failed without a failing test, count as a failure too. */
function countTests(report, code) {
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  const failed = report.numFailedTests + broken;
  const unexplained = code !== 0 && failed === 0 ? 1 : 0;
  const skipped = report.numPendingTests + report.numTodoTests;
  if (skipped > 0) console.error(`${skipped} tests were skipped: a skipped test counts as failed`);
  return { passed: report.numPassedTests, failed: failed + unexplained + skipped };
}
