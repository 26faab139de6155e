import { isJsonObject } from '../../../kernel/json.ts';
import type { Json } from '../../../kernel/json.ts';
import type { StepTrace } from '../../../resources/runs/run.ts';

/** The traces of a run as it keeps them: fields `steps` and `leftOut` of its body. */
export interface Traces {
  steps: StepTrace[];
  leftOut: number;
}

const keptAtEachEnd = 150;
const longestText = 2000;
const mostItems = 50;
const deepest = 8;

/**
 * Adds the trace of a step or brings the step's last one up to date. The first 150 and the last 150 are kept; those between
 * are counted. Nothing is changed in place.
 */
export function recordTrace(traces: Traces, trace: StepTrace): Traces {
  const index = traces.steps.findLastIndex((one) => one.key === trace.key);
  const previous = traces.steps[index];
  if (previous) return { ...traces, steps: traces.steps.with(index, { ...previous, ...trace }) };
  const steps = [...traces.steps, trace];
  if (steps.length <= 2 * keptAtEachEnd) return { ...traces, steps };
  return { steps: steps.toSpliced(keptAtEachEnd, 1), leftOut: traces.leftOut + 1 };
}

/** A value cut to what a trace should hold: long texts and long lists say how much was left out. */
export function traceable(value: Json): Json {
  return cut(value, 0);
}

function cut(value: Json, depth: number): Json {
  if (typeof value === 'string') {
    return value.length <= longestText
      ? value
      : `${value.slice(0, longestText).toWellFormed()}… (+${value.length - longestText})`;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return '…';
  if (Array.isArray(value)) {
    const kept = value.slice(0, mostItems).map((item) => cut(item, depth + 1));
    return value.length <= mostItems ? kept : [...kept, `… (+${value.length - mostItems})`];
  }
  return isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, held]) => [key, cut(held, depth + 1)]))
    : value;
}
