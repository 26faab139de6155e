import '@xyflow/react/dist/base.css';
import { ActionIcon, Tooltip } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { IconFocusCentered, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { applyNodeChanges, Background, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react';
import type { NodeChange } from '@xyflow/react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../model/useEditor.ts';
import { useStepActions } from '../model/useStepActions.ts';
import { layoutSteps } from '../steps/layoutSteps.ts';
import { allSteps, isInside } from '../steps/stepTree.ts';
import classes from './Flow.module.css';
import { FlowBoxView } from './FlowBoxView.tsx';
import { FlowLineView } from './FlowLineView.tsx';
import { flowEdges, flowNodes, nearestLine } from './flowModel.ts';
import type { BoxNode } from './flowModel.ts';

const nodeTypes = { box: FlowBoxView };
const edgeTypes = { line: FlowLineView };
/** Pixels between a dragged step and a place at which it is dropped there. */
const reach = 130;
/** Below it a long rule is scrolled rather than made smaller. */
const leastZoom = 0.9;

/** The rule from its trigger to its end, as a drawing: click opens a part, dragging moves a step, plus adds one. */
export function StepFlow() {
  return (
    <ReactFlowProvider>
      <Flow />
    </ReactFlowProvider>
  );
}

function Flow() {
  const { t, i18n } = useTranslation('rules');
  const steps = useEditor((state) => state.draft.content.steps);
  const actions = useStepActions();
  const mirrored = i18n.dir() === 'rtl';
  const layout = useMemo(() => layoutSteps(steps, mirrored), [steps, mirrored]);
  const laidOut = useMemo(() => {
    const known = new Map(allSteps(steps).map((step) => [step.id, step]));
    return flowNodes(layout, (id) => known.get(id));
  }, [layout, steps]);
  const [dragged, setDragged] = useState<{ from: readonly BoxNode[]; nodes: BoxNode[] }>();
  const [aim, setAim] = useState('');
  // While a step is dragged its box follows the pointer; any other layout puts every box back in place.
  const nodes = dragged?.from === laidOut ? dragged.nodes : laidOut;
  const edges = useMemo(() => flowEdges(layout, aim), [layout, aim]);

  const target = (node: BoxNode) => {
    const { step, box } = node.data;
    if (!step || box.kind !== 'step') return undefined;
    const centre = { x: node.position.x + box.width / 2, y: node.position.y + box.height / 2 };
    return nearestLine(layout.lines, centre, reach, ({ slot }) => slot !== undefined && !isInside(step, slot));
  };
  return (
    <div className={classes.flow} dir="ltr" data-testid="step-flow">
      <ReactFlow<BoxNode, ReturnType<typeof flowEdges>[number]>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={(changes: NodeChange<BoxNode>[]) => {
          const moves = changes.filter((change) => change.type === 'position');
          if (moves.length > 0) setDragged({ from: laidOut, nodes: applyNodeChanges(moves, [...nodes]) });
        }}
        onNodeDrag={(_event, node) => setAim(target(node)?.id ?? '')}
        onNodeDragStop={(_event, node) => {
          const line = target(node);
          setAim('');
          setDragged(undefined);
          if (line?.slot && node.data.step) actions.move(node.data.step.id, line.slot);
        }}
        nodeDragThreshold={6}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        deleteKeyCode={null}
        selectionKeyCode={null}
        panOnScroll
        zoomOnDoubleClick={false}
        minZoom={0.3}
        maxZoom={1.5}
        proOptions={{ hideAttribution: true }}
        aria-label={t('flow.label')}
        ariaLabelConfig={{ 'node.a11yDescription.default': '', 'edge.a11yDescription.default': '' }}
      >
        <Background gap={20} size={1} />
      </ReactFlow>
      <FlowTools count={layout.boxes.length} />
    </div>
  );
}

function FlowTools({ count }: { count: number }) {
  const { t } = useTranslation('rules');
  const { zoomIn, zoomOut, fitView, getNodesBounds, getNodes, setViewport } = useReactFlow();
  const calm = useReducedMotion();
  const duration = calm ? 0 : 140;
  const [shown, setShown] = useState(0);
  useEffect(() => {
    if (shown > 0) return undefined;
    const frame = requestAnimationFrame(() => {
      // Long rules begin readable at their top; short ones are seen whole.
      const bounds = getNodesBounds(getNodes());
      const host = document.querySelector('[data-testid="step-flow"]')?.getBoundingClientRect();
      if (!host || bounds.width === 0) return;
      const zoom = Math.max(
        leastZoom,
        Math.min(1, (host.width - 40) / bounds.width, (host.height - 48) / bounds.height),
      );
      const x = host.width / 2 - (bounds.width * zoom > host.width - 40 ? 0 : bounds.x + bounds.width / 2) * zoom;
      void setViewport({ x, y: 24 - bounds.y * zoom, zoom });
      setShown(count);
    });
    return () => cancelAnimationFrame(frame);
  }, [shown, count, getNodes, getNodesBounds, setViewport]);
  const tools = [
    { name: 'zoomOut', Icon: IconZoomOut, act: () => zoomOut({ duration }) },
    { name: 'zoomIn', Icon: IconZoomIn, act: () => zoomIn({ duration }) },
    { name: 'fit', Icon: IconFocusCentered, act: () => fitView({ duration, padding: 0.08, maxZoom: 1 }) },
  ];
  return (
    <div className={classes.tools} role="toolbar" aria-label={t('flow.view')}>
      {tools.map(({ name, Icon, act }) => (
        <Tooltip key={name} label={t(`flow.${name}`)}>
          <ActionIcon size="md" aria-label={t(`flow.${name}`)} data-testid={`flow-${name}`} onClick={() => void act()}>
            <Icon size={18} />
          </ActionIcon>
        </Tooltip>
      ))}
    </div>
  );
}
