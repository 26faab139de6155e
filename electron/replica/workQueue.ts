/** A piece of work. One that answers a generator is done in steps, and others are served between two of them. */
export interface Work {
  work: () => unknown;
  done: (value: unknown) => void;
  failed: (error: unknown) => void;
}

/** `first` overtakes `next`, which overtakes `slow`. */
export type Lane = 'first' | 'next' | 'slow';

export interface WorkQueue {
  add: (lane: Lane, work: Work) => void;
}

/** Pieces of `next` after which a slow one gets its turn: while records pour in, counts still have to come. */
const fairShare = 3;

/** Does one piece of work after another, lane by lane, within a lane in the order it came. */
export function createWorkQueue(): WorkQueue {
  const first: Work[] = [];
  const quick: Work[] = [];
  const slow: (Work | { steps: Generator<unknown, unknown>; work: Work })[] = [];
  const lanes = { first, next: quick, slow };
  let inRow = 0;
  let scheduled = false;
  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    // Messages that have arrived meanwhile are taken in first, so that a quick one overtakes.
    setImmediate(() => {
      scheduled = false;
      next();
      if (first.length + quick.length + slow.length > 0) schedule();
    });
  };
  const pick = () => {
    const urgent = first.shift();
    if (urgent) return urgent;
    if (quick.length > 0 && (inRow < fairShare || slow.length === 0)) {
      inRow += 1;
      return quick.shift();
    }
    inRow = 0;
    return slow.shift();
  };
  const next = () => {
    const one = pick();
    if (!one) return;
    const { done, failed } = 'steps' in one ? one.work : one;
    try {
      const value = 'steps' in one ? one.steps : one.work();
      if (!isGenerator(value)) {
        done(value);
        return;
      }
      const step = value.next();
      if (step.done) done(step.value);
      else slow.push({ steps: value, work: 'steps' in one ? one.work : one });
    } catch (error) {
      failed(error);
    }
  };
  return {
    add: (lane, work) => {
      lanes[lane].push(work);
      schedule();
    },
  };
}

function isGenerator(value: unknown): value is Generator<unknown, unknown> {
  return typeof value === 'object' && value !== null && 'next' in value && typeof value.next === 'function';
}
