import { IconArrowsMove, IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '#shared/kernel/json.ts';
import { conditionGroupSchema } from '#shared/resources/automation/condition.ts';
import { useAutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { DiffPieces } from '#renderer/ui/DiffPieces.tsx';
import { wordDiff } from '#renderer/ui/wordDiff.ts';
import type { ContentChange, StepPlace } from './compareContents.ts';
import classes from './Revisions.module.css';

interface FieldChangesProps {
  changes: readonly ContentChange[];
  /** What the two columns hold. */
  before: string;
  after: string;
}

/** What differs between two contents of a rule, side by side: fields, then steps. Texts show which words changed. */
export function FieldChanges({ changes, before, after }: FieldChangesProps) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const fields = changes.filter((change) => change.what === 'field');
  const steps = changes.filter((change) => change.what !== 'field');
  return (
    <div className={classes.changes} role="table" aria-label={t('revisions.changes')}>
      <div className={classes.row} role="row">
        <span role="columnheader" />
        <span role="columnheader" className={classes.side}>
          {before}
        </span>
        <span role="columnheader" className={classes.side}>
          {after}
        </span>
      </div>
      {fields.map((change) => (
        <Row
          key={change.path}
          name={words.field('rule', `body.${change.path}`)}
          before={change.before}
          after={change.after}
          path={change.path}
        />
      ))}
      {steps.map((change) => (
        <StepChange key={`${change.what}-${change.id}`} change={change} />
      ))}
    </div>
  );
}

const marks = {
  step_added: IconPlus,
  step_removed: IconMinus,
  step_moved: IconArrowsMove,
  step_changed: IconPencil,
} as const;

function StepChange({ change }: { change: Exclude<ContentChange, { what: 'field' }> }) {
  const { t } = useTranslation('automation');
  const Mark = marks[change.what];
  const place = ({ list, place: at }: StepPlace) =>
    list === '' ? t('revisions.place', { place: at }) : t('revisions.placeIn', { place: at, list });
  return (
    <>
      <div className={classes.row} role="row" data-what={change.what}>
        <span role="rowheader" className={classes.stepName}>
          <Mark size={14} aria-hidden="true" />
          <span>
            {t(`revisions.${change.what}`)} <bdi>{change.name}</bdi>
          </span>
        </span>
        <span role="cell" className={classes.value} data-side={change.what === 'step_removed' ? 'before' : undefined}>
          {change.what === 'step_moved' && place(change.from)}
          {change.what === 'step_removed' && <StepSummary change={change} />}
        </span>
        <span role="cell" className={classes.value} data-side={change.what === 'step_added' ? 'after' : undefined}>
          {change.what === 'step_moved' && place(change.to)}
          {change.what === 'step_added' && <StepSummary change={change} />}
        </span>
      </div>
      {change.what === 'step_changed' &&
        change.fields.map((one) => (
          <Row key={one.path} name={one.path} quiet before={one.before} after={one.after} path={one.path} />
        ))}
    </>
  );
}

function StepSummary({ change }: { change: Extract<ContentChange, { step: unknown }> }) {
  const { t } = useTranslation('automation');
  const { id: _id, name: _name, type: _type, retry: _retry, onError: _onError, ...rest } = change.step;
  const known = t(`stepType.${change.type}`);
  return (
    <>
      <span>{known}</span>
      <code className={classes.code} dir="ltr">
        {JSON.stringify(rest, null, 1)}
      </code>
    </>
  );
}

interface RowProps {
  name: string;
  path: string;
  quiet?: boolean;
  before: Json | undefined;
  after: Json | undefined;
}

function Row({ name, path, quiet, before, after }: RowProps) {
  const [left, right] = useSides(path, before, after);
  return (
    <div className={classes.row} role="row">
      <span role="rowheader" className={quiet ? classes.inner : classes.name}>
        {name}
      </span>
      <span role="cell" className={classes.value} dir="auto">
        {left}
      </span>
      <span role="cell" className={classes.value} dir="auto">
        {right}
      </span>
    </div>
  );
}

function useSides(path: string, before: Json | undefined, after: Json | undefined): [ReactNode, ReactNode] {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const automation = useAutomationWords();
  const text = (value: Json | undefined): string => {
    if (value === undefined || value === null || value === '') return '';
    if (path.endsWith('conditions')) {
      const group = conditionGroupSchema.safeParse(value);
      if (group.success) return automation.conditions(group.data) || t('condition.always');
    }
    if (typeof value === 'string') return value;
    return words.value('rule', `body.${path}`, value);
  };
  const [left, right] = [text(before), text(after)];
  const isText = typeof before !== 'object' && typeof after !== 'object' && /\s/u.test(left + right);
  if ((isText || path.endsWith('conditions')) && left !== '' && right !== '') {
    const pieces = wordDiff(left, right);
    return [
      <DiffPieces key="before" pieces={pieces} side="before" />,
      <DiffPieces key="after" pieces={pieces} side="after" />,
    ];
  }
  const empty = <span className={classes.none}>{t('empty')}</span>;
  return [left === '' ? empty : <del>{left}</del>, right === '' ? empty : <ins>{right}</ins>];
}
