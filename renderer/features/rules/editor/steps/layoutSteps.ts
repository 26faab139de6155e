import type { Step } from '#shared/resources/automation/step.ts';
import { editableBranches, ruleList } from './stepTree.ts';
import type { Slot, StepListName } from './stepTree.ts';

/** Pixels. */
export const flowMeasures = { node: 248, height: 56, emptyBranch: 150, row: 44, column: 28, label: 30, loop: 26 };
const { node, height, emptyBranch, row, column, label, loop } = flowMeasures;

export interface FlowBox {
  id: string;
  kind: 'trigger' | 'conditions' | 'step' | 'join' | 'end';
  /** The step's, '' for the others. */
  stepId: string;
  /** Of the upper left corner. */
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface FlowLine {
  id: string;
  from: string;
  to: string;
  /** From corner to corner; all parts run straight across or down. */
  points: { x: number; y: number }[];
  tone: 'plain' | 'error' | 'loop';
  /** Where a step is inserted on this line, and where its button sits. */
  slot?: Slot & { x: number; y: number };
  /** The branch that begins with this line, and where its name sits. */
  branch?: StepListName & { x: number; y: number };
}

export interface FlowLayout {
  boxes: FlowBox[];
  lines: FlowLine[];
}

/** Where a line comes from: a box, and the point it leaves. */
interface Source {
  id: string;
  x: number;
  y: number;
}

/**
 * Places a rule from top to bottom: every list of steps is a column, the branches of a step stand side by side below it,
 * in the order of `editableBranches`, and meet again. `mirrored` puts the first branch on the right.
 */
export function layoutSteps(steps: readonly Step[], mirrored = false): FlowLayout {
  const boxes: FlowBox[] = [];
  const lines: FlowLine[] = [];
  const box = (
    id: string,
    kind: FlowBox['kind'],
    centre: number,
    y: number,
    size = { width: node, height },
  ): Source => {
    boxes.push({ id, kind, stepId: kind === 'step' ? id.slice(5) : '', x: centre - size.width / 2, y, ...size });
    return { id, x: centre, y: y + size.height };
  };

  /** Places a list below `from`; answers where the line that leaves its end comes from. */
  const place = (list: readonly Step[], name: StepListName, centre: number, from: Source, first?: Lead): Source => {
    let source = from;
    let lead = first;
    for (const [index, step] of list.entries()) {
      const top = (lead ? lead.y + label : source.y) + row;
      lines.push(lineTo(source, { id: `step:${step.id}`, x: centre, y: top }, { ...name, index }, lead));
      source = placeStep(step, centre, top);
      lead = undefined;
    }
    return source;
  };

  const placeStep = (step: Step, centre: number, top: number): Source => {
    const bottom = box(`step:${step.id}`, 'step', centre, top);
    const branches = editableBranches(step);
    if (branches.length === 0) return bottom;
    const widths = branches.map((branch) => widthOf(branch.steps, branch.name));
    let left = centre - (sum(widths) + column * (widths.length - 1)) / 2;
    const ends = branches.map((branch, index) => {
      const width = widths[index] ?? node;
      const name = { owner: step.id, branch: branch.name };
      const middle = left + width / 2;
      left += width + column;
      const lead: Lead = { ...name, x: middle, y: bottom.y + row / 2, tone: toneOf(step, branch.name) };
      return {
        name,
        lead,
        count: branch.steps.length,
        end: place(branch.steps, name, middle, bottom, lead),
        middle,
        width,
      };
    });
    const lowest = Math.max(...ends.map(({ end, lead, count }) => (count === 0 ? lead.y + label + row / 2 : end.y)));
    const join = { id: `join:${step.id}`, x: centre, y: lowest + row };
    const below = box(join.id, 'join', centre, join.y, { width: 8, height: 8 });
    for (const { name, lead, count, end, middle, width } of ends) {
      const tone = lead.tone;
      const slot = { ...name, index: count };
      if (count === 0) {
        const line = lineTo(bottom, { ...join, x: middle }, slot, lead);
        lines.push({ ...line, to: join.id, points: [...line.points, { x: centre, y: join.y }] });
      } else {
        const y = end.y + (join.y - end.y) / 2;
        const points = [
          { x: end.x, y: end.y },
          { x: middle, y: join.y },
          { x: centre, y: join.y },
        ];
        lines.push({
          id: `${end.id}>${join.id}`,
          from: end.id,
          to: join.id,
          points,
          tone,
          slot: { ...slot, x: middle, y },
        });
      }
      if (tone === 'loop') {
        const side = middle - width / 2 + loop / 2;
        const middleY = top + height / 2;
        const points = [
          { x: centre, y: join.y },
          { x: side, y: join.y },
          { x: side, y: middleY },
          { x: centre - node / 2, y: middleY },
        ];
        lines.push({ id: `again:${step.id}`, from: join.id, to: `step:${step.id}`, points, tone });
      }
    }
    return below;
  };

  const trigger = box('trigger', 'trigger', 0, 0);
  const conditions = box('conditions', 'conditions', 0, height + row / 2);
  lines.push({
    id: 'trigger>conditions',
    from: 'trigger',
    to: 'conditions',
    points: [trigger, { x: 0, y: height + row / 2 }],
    tone: 'plain',
  });
  const last = place(steps, ruleList, 0, conditions);
  const end = { id: 'end', x: 0, y: last.y + row };
  lines.push(lineTo(last, end, { ...ruleList, index: steps.length }));
  box('end', 'end', 0, end.y, { width: 96, height: 28 });
  return mirrored ? mirror({ boxes, lines }) : { boxes, lines };
}

interface Lead extends StepListName {
  x: number;
  y: number;
  tone: FlowLine['tone'];
}

/** A line into the middle of a box's top; with a lead it first runs across to its branch. */
function lineTo(source: Source, target: Source, slot: Slot, lead?: Lead): FlowLine {
  const line = { id: `${source.id}>${target.id}:${slot.branch}`, from: source.id, to: target.id };
  const start = { x: source.x, y: source.y };
  if (!lead) {
    const points = [start, { x: target.x, y: target.y }];
    return { ...line, points, tone: 'plain', slot: { ...slot, x: target.x, y: (source.y + target.y) / 2 } };
  }
  const points = [start, { x: source.x, y: lead.y }, { x: lead.x, y: lead.y }, { x: lead.x, y: target.y }];
  const { tone, ...branch } = lead;
  return {
    ...line,
    points,
    tone,
    branch: { ...branch, y: lead.y + label / 2 + 2 },
    slot: { ...slot, x: lead.x, y: (lead.y + label + target.y) / 2 + 4 },
  };
}

function toneOf(step: Step, branch: string): FlowLine['tone'] {
  if (branch === 'errorSteps') return 'error';
  return step.type === 'loop' ? 'loop' : 'plain';
}

function widthOf(steps: readonly Step[], branch: string): number {
  const inner = steps.length === 0 ? emptyBranch : Math.max(...steps.map(stepWidth));
  // The way back to the next round runs beside the step.
  return branch === 'steps' ? Math.max(inner, node) + loop * 2 : inner;
}

function stepWidth(step: Step): number {
  const widths = editableBranches(step).map((branch) => widthOf(branch.steps, branch.name));
  return Math.max(node, sum(widths) + column * Math.max(0, widths.length - 1));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mirror({ boxes, lines }: FlowLayout): FlowLayout {
  const flip = <Place extends { x: number }>(place: Place): Place => ({ ...place, x: -place.x });
  return {
    boxes: boxes.map((one) => ({ ...one, x: -one.x - one.width })),
    lines: lines.map((line) => ({
      ...line,
      points: line.points.map(flip),
      ...(line.slot ? { slot: flip(line.slot) } : {}),
      ...(line.branch ? { branch: flip(line.branch) } : {}),
    })),
  };
}
