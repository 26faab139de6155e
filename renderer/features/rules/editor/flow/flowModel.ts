import type { Edge, Node } from '@xyflow/react';
import type { Step } from '#shared/resources/automation/step.ts';
import type { FlowBox, FlowLayout, FlowLine } from '../steps/layoutSteps.ts';

export type BoxNode = Node<{ box: FlowBox; step: Step | undefined }, 'box'>;
export type LineEdge = Edge<{ line: FlowLine; aimed: boolean }, 'line'>;

/** The layout as React Flow draws it. Joins and the end are no steps and cannot be taken hold of. */
export function flowNodes({ boxes }: FlowLayout, stepOf: (id: string) => Step | undefined): BoxNode[] {
  return boxes.map((box) => ({
    id: box.id,
    type: 'box',
    position: { x: box.x, y: box.y },
    width: box.width,
    height: box.height,
    draggable: box.kind === 'step',
    selectable: false,
    connectable: false,
    // Nodes hold a button of their own, which is what the keyboard reaches.
    focusable: false,
    data: { box, step: box.stepId === '' ? undefined : stepOf(box.stepId) },
  }));
}

export function flowEdges({ lines }: FlowLayout, aim: string): LineEdge[] {
  return lines.map((line) => ({
    id: line.id,
    source: line.from,
    target: line.to,
    type: 'line',
    selectable: false,
    focusable: false,
    data: { line, aimed: line.id === aim },
  }));
}

/** The line with the place nearest to a point; undefined where none is near. */
export function nearestLine(
  lines: readonly FlowLine[],
  point: { x: number; y: number },
  reach: number,
  allowed: (line: FlowLine) => boolean,
): FlowLine | undefined {
  let best: FlowLine | undefined;
  let least = reach;
  for (const line of lines) {
    if (!line.slot) continue;
    const distance = Math.hypot(line.slot.x - point.x, line.slot.y - point.y);
    if (distance < least && allowed(line)) {
      best = line;
      least = distance;
    }
  }
  return best;
}

/** An SVG path along points with rounded corners. */
export function roundedPath(points: readonly { x: number; y: number }[], radius = 8): string {
  return points
    .map((point, index) => {
      const before = points[index - 1];
      const after = points[index + 1];
      if (!before) return `M ${point.x} ${point.y}`;
      if (!after) return `L ${point.x} ${point.y}`;
      const start = toward(point, before, radius);
      const end = toward(point, after, radius);
      return `L ${start.x} ${start.y} Q ${point.x} ${point.y} ${end.x} ${end.y}`;
    })
    .join(' ');
}

function toward(from: { x: number; y: number }, to: { x: number; y: number }, most: number) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length === 0 ? 0 : Math.min(most, length / 2) / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}
