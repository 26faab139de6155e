// npm test: every check and every test, the end-to-end tests in the real Electron included.
// `-- --only checks|unit|e2e` runs a part. A failing step does not keep the others from running.
import { bootstrap } from './bootstrap.mjs';
import { checkSteps } from './check-steps.mjs';
import { runMain, secondsSince, tell } from './tell.mjs';
import { endToEndSteps, unitSteps } from './test-steps.mjs';

const parts = { checks: checkSteps, unit: unitSteps, e2e: endToEndSteps };

await runMain(async () => {
  const chosen = chooseParts(process.argv.slice(2));
  if (!chosen) {
    tell('npm test knows one option: npm test -- --only checks|unit|e2e');
    return 2;
  }
  const handedOver = await bootstrap({ desktop: chosen.includes('e2e') });
  if (handedOver !== undefined) return handedOver;
  const startedAt = performance.now();
  const outcomes = [];
  for (const step of chosen.flatMap((part) => parts[part])) outcomes.push(await runStep(step));
  return summarise(outcomes, startedAt);
});

function chooseParts(parameters) {
  if (parameters.length === 0) return Object.keys(parts);
  const [option, part] = parameters;
  return option === '--only' && part in parts && parameters.length === 2 ? [part] : undefined;
}

/** Runs one step; a throw is a failure of that step only. */
async function runStep({ name, run }) {
  console.log(`\n── ${name}`);
  const startedAt = performance.now();
  let outcome;
  try {
    outcome = await run();
  } catch (error) {
    console.error(error.stack ?? String(error));
    outcome = { passed: 0, failed: 1 };
  }
  const time = secondsSince(startedAt);
  const counts = outcome.passed + outcome.failed > 1 ? `, ${outcome.passed} passed, ${outcome.failed} failed` : '';
  console.log(`${outcome.failed === 0 ? '✓' : '✗'} ${name} (${time}${counts})`);
  return { name, time, ...outcome };
}

function summarise(outcomes, startedAt) {
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
  console.log(`\n── Summary (${secondsSince(startedAt)})`);
  for (const { name, time, ...outcome } of outcomes)
    console.log(`${outcome.failed === 0 ? '✓' : '✗'} ${name} (${time})`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
