import type { Json, JsonObject } from '../../../kernel/json.ts';
import type { About } from '../../../resources/events/about.ts';
import type { RunWaiting } from '../../../resources/runs/run.ts';

/** Where a run stands in one list of steps. */
export interface Frame {
  /** Path of the list from the rule's steps: '' for them, `2.then`, `2.then.0.options.1.steps`. */
  list: string;
  /** Of the step that is next or under way. */
  index: number;
  /** A loop's list: its items and the round that goes on. */
  loop?: {
    items: Json[];
    round: number;
    /** The round of `items[0]`, where earlier items are not kept; default 0. */
    offset?: number;
  };
  /** The list of a failed step: the step counts as failed and passed over. */
  forError?: boolean;
}

/** The step under way. */
export type StepPhase =
  | { at: 'start' }
  /** `until` is in milliseconds since the epoch, Number.MAX_SAFE_INTEGER where it has no end. */
  | { at: 'delayed'; until: number }
  /** Handed out to be performed; found again after a crash it is performed again, under the same key. */
  | { at: 'performing'; attempt: number; since: number; input: Json }
  | { at: 'backingOff'; attempt: number; until: number; since: number; input: Json }
  | { at: 'waiting'; attempt: number; since: number; waiting: RunWaiting; until: number; input: Json };

/** Everything a run needs to go on after a crash. Plain JSON. */
export interface RunState {
  status: 'running' | 'waiting' | 'success' | 'partial' | 'failed' | 'cancelled';
  /** Innermost last; empty once the run ended by itself. */
  frames: Frame[];
  phase: StepPhase;
  vars: JsonObject;
  /** Newest output by step id. */
  outputs: Record<string, Json>;
  /** Steps that failed and were passed over. */
  failures: number;
  /** Where the first of them stood, for a retry; of a loop only the item of their round is kept. */
  passedOver: Frame[][];
  /** A retry of passed-over steps: how many frames the one that runs again has, and those after it. */
  retrying?: { depth: number; rest: Frame[][] };
  /** Steps begun, for the bound on endless work. */
  taken: number;
  /** What it has read or written so far; absent where nobody wrote it down. */
  about?: readonly About[];
  /** Why the run failed or was cancelled. */
  error: string;
}

/** What a step means for the way of the run: variables set, a list of steps taken, rounds of a loop. */
export type FlowEffect =
  | { effect: 'variables'; variables: JsonObject }
  /** Name as `branchesOf` gives it: `then`, `options.1.steps`. */
  | { effect: 'branch'; branch: string }
  | { effect: 'rounds'; items: Json[] };

/** What became of a performed step. */
export type StepOutcome =
  | { outcome: 'done'; output: Json; flow?: FlowEffect }
  /** The step goes on elsewhere: an approval, a time, an event. */
  | { outcome: 'waiting'; waiting: RunWaiting; until: number; output?: Json }
  | { outcome: 'failed'; error: string; retriable: boolean; output?: Json }
  /** The run ends here: a rejected approval, a person who stops it. */
  | { outcome: 'cancelled'; reason: string; output?: Json };
