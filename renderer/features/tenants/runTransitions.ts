import type { Problem } from '#shared/kernel/errors.ts';
import type { Result } from '#shared/kernel/result.ts';

export type TransitionResult =
  | { id: string; outcome: 'done' }
  | { id: string; outcome: 'failed'; problem: Problem }
  | { id: string; outcome: 'stopped' };

/**
 * Makes the same move for every tenant, one after the other, and stops once `stopAfter` of them were refused; the rest
 * is then left untouched. `onProgress` hears the results so far after each one.
 */
export async function runTransitions(
  ids: readonly string[],
  move: (id: string) => Promise<Result<unknown, Problem>>,
  options: { stopAfter: number; onProgress: (results: readonly TransitionResult[]) => void },
): Promise<TransitionResult[]> {
  const results: TransitionResult[] = [];
  let failures = 0;
  for (const id of ids) {
    if (failures >= options.stopAfter) {
      results.push({ id, outcome: 'stopped' });
      continue;
    }
    const result = await move(id);
    if (!result.ok) failures += 1;
    results.push(result.ok ? { id, outcome: 'done' } : { id, outcome: 'failed', problem: result.error });
    options.onProgress([...results]);
  }
  options.onProgress([...results]);
  return results;
}
