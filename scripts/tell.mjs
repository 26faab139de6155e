/** Tells the person at the terminal what is being done; on stderr, so that stdout stays for results. */
export function tell(text) {
  process.stderr.write(`steward: ${text}\n`);
}

/** An error whose message is complete for the person who sees it: shown without a stack. */
export class Refusal extends Error {
  name = 'Refusal';
}

/** Runs a script's main function and turns its outcome into the exit code. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    tell(error instanceof Refusal ? error.message : (error.stack ?? String(error)));
    process.exitCode = 1;
  }
}

/** Seconds since `startedAt` (a value of `performance.now()`), for people. */
export function secondsSince(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
