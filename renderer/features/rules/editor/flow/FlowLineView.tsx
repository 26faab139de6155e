import { IconArrowBackUp, IconPlus } from '@tabler/icons-react';
import { EdgeLabelRenderer } from '@xyflow/react';
import type { EdgeProps } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { useAutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import { useEditor } from '../model/useEditor.ts';
import { findStep } from '../steps/stepTree.ts';
import { branchLabel } from '../steps/branchLabel.ts';
import { AddStepMenu } from './AddStepMenu.tsx';
import classes from './Flow.module.css';
import { roundedPath } from './flowModel.ts';
import type { LineEdge } from './flowModel.ts';

/** A line of the flow along the layout's own points, with the name of its branch and the button that inserts a step. */
export function FlowLineView({ id, data }: EdgeProps<LineEdge>) {
  const { t } = useTranslation('rules');
  const words = useAutomationWords();
  const owner = useEditor((state) =>
    data?.line.branch ? findStep(state.draft.content.steps, data.line.branch.owner)?.step : undefined,
  );
  if (!data) return null;
  const { line, aimed } = data;
  const { slot, branch } = line;
  const name = owner && branch ? branchLabel(owner, branch.branch, words) : '';
  const arrow = line.tone === 'loop' && !slot;
  return (
    <>
      <path id={id} className={classes.line} data-tone={line.tone} d={roundedPath(line.points)} />
      <EdgeLabelRenderer>
        {branch && (
          <span className={classes.branch} data-tone={line.tone} style={placeAt(branch.x, branch.y)} title={name}>
            <bdi>{name}</bdi>
          </span>
        )}
        {arrow && line.points[2] && (
          <span className={classes.again} style={placeAt(line.points[2].x, (line.points[1]?.y ?? 0) - 26)}>
            <IconArrowBackUp size={14} aria-hidden="true" />
          </span>
        )}
        {slot && (
          <span className={classes.plusPlace} style={placeAt(slot.x, slot.y)}>
            <AddStepMenu slot={slot}>
              <button
                type="button"
                className={classes.plus}
                data-aimed={aimed || undefined}
                aria-label={name === '' ? t('step.addHere') : t('step.addIn', { branch: name })}
                data-testid={`plus-${slot.owner}-${slot.branch}-${slot.index}`}
              >
                <IconPlus size={12} aria-hidden="true" />
              </button>
            </AddStepMenu>
          </span>
        )}
      </EdgeLabelRenderer>
    </>
  );
}

function placeAt(x: number, y: number) {
  return { transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` };
}
