/** How much is left of pulls that go on page by page. */
export interface PullProgress {
  /**
   * An estimate of what is left behind a page that ends at the sequence `to`. `passed`: changes of this page. `count` is asked
   * where the page does not follow the last one of this pull.
   */
  left: (
    pull: string,
    page: { from: number; to: number; passed: number },
    count: () => Promise<number>,
  ) => Promise<number>;
  /** The pull has come to its end. */
  end: (pull: string) => void;
}

const remembered = 20_000;

/** Counts once a pull: counting behind every page is work that grows with the square of the pull. */
export function createPullProgress(): PullProgress {
  const pulls = new Map<string, { at: number; left: number }>();
  return {
    left: async (pull, { from, to, passed }, count) => {
      const known = pulls.get(pull);
      const left = known?.at === from ? Math.max(1, known.left - passed) : await count();
      pulls.delete(pull);
      pulls.set(pull, { at: to, left });
      for (const oldest of pulls.keys()) if (pulls.size > remembered) pulls.delete(oldest);
      return left;
    },
    end: (pull) => void pulls.delete(pull),
  };
}
