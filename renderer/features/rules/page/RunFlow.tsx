import { IconCircleCheck, IconCircleDashed, IconCircleX, IconClockPause, IconLoader2 } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Step } from '#shared/resources/automation/step.ts';
import type { OutlineMark, OutlinePath } from '#renderer/data/automation/stepOutline.ts';
import { useAutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import { stepIcons, unknownIcon } from '#renderer/ui/stepIcons.ts';
import { layoutSteps } from '../editor/steps/layoutSteps.ts';
import type { FlowBox } from '../editor/steps/layoutSteps.ts';
import { allSteps } from '../editor/steps/stepTree.ts';
import classes from './RunFlow.module.css';

interface RunFlowProps {
  steps: readonly Step[];
  /** What the run did with them. */
  path: OutlinePath;
  onOpen: (stepId: string) => void;
}

const marks: Readonly<Record<OutlineMark, typeof IconCircleCheck>> = {
  success: IconCircleCheck,
  failed: IconCircleX,
  skipped: IconCircleDashed,
  waiting: IconClockPause,
  running: IconLoader2,
  pending: IconCircleDashed,
  not_taken: IconCircleDashed,
};
/** Pixels around the drawing. */
const margin = 24;
const untouched = new Set<OutlineMark>(['pending', 'not_taken']);

/** The steps drawn from top to bottom as the editor draws them, with the way a run took through them. */
export function RunFlow({ steps, path, onOpen }: RunFlowProps) {
  const { t, i18n } = useTranslation('automation');
  const words = useAutomationWords();
  const mirrored = i18n.dir() === 'rtl';
  const { boxes, lines } = useMemo(() => layoutSteps(steps, mirrored), [steps, mirrored]);
  const byId = useMemo(() => new Map(allSteps(steps).map((step) => [step.id, step])), [steps]);
  const drawn = boxes.filter((box) => box.kind !== 'trigger' && box.kind !== 'conditions');
  const left = Math.min(0, ...drawn.map((box) => box.x)) - margin;
  const top = Math.min(...drawn.map((box) => box.y), Infinity) - margin;
  const right = Math.max(0, ...drawn.map((box) => box.x + box.width)) + margin;
  const bottom = Math.max(...drawn.map((box) => box.y + box.height), 0) + margin;
  const kept = new Map(drawn.map((box) => [box.id, box]));
  const wasAt = (box: FlowBox | undefined) => box?.kind !== 'step' || !untouched.has(path.markOf(box.stepId));
  return (
    <div className={classes.flow} tabIndex={0} role="region" aria-label={t('path.flow')}>
      <div className={classes.canvas} dir="ltr" style={{ width: right - left, height: bottom - top }}>
        <svg width={right - left} height={bottom - top} className={classes.lines} aria-hidden="true">
          {lines
            .filter((line) => kept.has(line.from) && kept.has(line.to))
            .map((line) => {
              const took = line.branch
                ? path.took(line.branch.owner, line.branch.branch)
                : wasAt(kept.get(line.from)) && wasAt(kept.get(line.to));
              return (
                <polyline
                  key={line.id}
                  className={classes.line}
                  data-took={took || undefined}
                  points={line.points.map(({ x, y }) => `${x - left},${y - top}`).join(' ')}
                />
              );
            })}
        </svg>
        {lines.flatMap(({ id, branch }) => {
          const owner = branch && byId.get(branch.owner);
          return branch && owner
            ? [
                <span
                  key={`name ${id}`}
                  className={classes.branch}
                  data-took={path.took(branch.owner, branch.branch) || undefined}
                  style={{ left: branch.x - left, top: branch.y - top }}
                >
                  <bdi>{words.branch(owner, branch.branch)}</bdi>
                </span>,
              ]
            : [];
        })}
        {drawn.map((box) => {
          const step = byId.get(box.stepId);
          const place = { left: box.x - left, top: box.y - top, width: box.width, height: box.height };
          if (!step) return <span key={box.id} className={classes[box.kind]} style={place} />;
          const mark = path.markOf(step.id);
          const Icon = stepIcons[step.type] ?? unknownIcon;
          const Mark = marks[mark];
          return (
            <button
              key={box.id}
              type="button"
              className={classes.box}
              dir={i18n.dir()}
              data-mark={mark}
              style={place}
              disabled={untouched.has(mark)}
              onClick={() => onOpen(step.id)}
            >
              <Icon size={16} aria-hidden="true" className={classes.icon} />
              <span className={classes.words}>
                <bdi className={classes.title}>{step.name}</bdi>
                <span className={classes.mark} data-mark={mark}>
                  <Mark size={12} aria-hidden="true" />
                  {t(`stepState.${mark}`)}
                </span>
              </span>
            </button>
          );
        })}
      </div>
    </div>
  );
}
