import type { Json } from '../../../kernel/json.ts';
import type { StepTrace } from '../../../resources/runs/run.ts';

/** The traces of a run as it keeps them: fields `steps` and `leftOut` of its body. */
export interface Traces {
  steps: StepTrace[];
  leftOut: number;
}

/** Adds or brings up to date. The first 150 and the last 150 are kept; those between are counted. Nothing is changed in place. */
export function recordTrace(_traces: Traces, _trace: StepTrace): Traces {
  throw new Error('being written');
}

/** A value cut to what a trace should hold: long texts and long lists say how much was left out. */
export function traceable(_value: Json): Json {
  throw new Error('being written');
}
