import type { Problem } from '#shared/kernel/errors.ts';
import type { Result } from '#shared/kernel/result.ts';

export interface BulkProgress {
  done: readonly string[];
  failed: readonly { id: string; problem: Problem }[];
  /** Ids not tried yet; after a stop they stay untouched. */
  left: readonly string[];
  state: 'running' | 'finished' | 'stopped';
}

/** Acts on one record after the other and reports after each. A refusal goes on with the next; `stopped` ends the run. */
export async function runBulk(
  ids: readonly string[],
  act: (id: string) => Promise<Result<unknown, Problem>>,
  stopped: () => boolean,
  onProgress: (progress: BulkProgress) => void,
): Promise<BulkProgress> {
  let progress: BulkProgress = { done: [], failed: [], left: ids, state: 'running' };
  for (const [index, id] of ids.entries()) {
    if (stopped()) break;
    const result = await act(id);
    progress = {
      ...progress,
      ...(result.ok
        ? { done: [...progress.done, id] }
        : { failed: [...progress.failed, { id, problem: result.error }] }),
      left: ids.slice(index + 1),
    };
    onProgress(progress);
  }
  progress = { ...progress, state: progress.left.length === 0 ? 'finished' : 'stopped' };
  onProgress(progress);
  return progress;
}
