import { IconAlertTriangleFilled, IconCheck, IconMinus, IconPlus } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { Verb } from '#shared/domain/access/accessTypes.ts';
import type { CatalogueEntry } from '#shared/domain/access/permissionCatalogue.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useAccessWords } from '../useAccessWords.ts';
import classes from './Matrix.module.css';
import type { MatrixPlace } from './matrixMoves.ts';
import { cellState, heldIn, rowState } from './rightsMatrix.ts';
import { TriState } from './TriState.tsx';

interface MatrixRowProps {
  entry: CatalogueEntry;
  /** Of the row in the grid, the head being 1. */
  index: number;
  template: CSSProperties;
  permissions: readonly string[];
  held: ReadonlySet<string>;
  /** What the other side of a comparison holds. */
  other: ReadonlySet<string> | undefined;
  columns: readonly Verb[];
  /** The place that Tab reaches. */
  focus: MatrixPlace | undefined;
  readOnly: boolean;
  onFocus: (place: MatrixPlace) => void;
  onHover: (place: MatrixPlace) => void;
  onToggle: (place: MatrixPlace) => void;
}

/** One resource: all of it, and each act it knows. */
export function MatrixRow({ entry, index, template, permissions, columns, ...rest }: MatrixRowProps) {
  const { t } = useTranslation('access');
  const words = useRecordWords();
  const access = useAccessWords();
  const { resource } = entry;
  const state = rowState(permissions, entry);
  const { focus, readOnly, onFocus, onHover, onToggle } = rest;
  return (
    <div role="row" aria-rowindex={index} className={classes.row} style={template} data-testid={`resource-${resource}`}>
      <div role="rowheader" className={classes.first}>
        <TriState
          state={state === 'everything' ? 'all' : state}
          implied={state === 'everything'}
          label={t('matrix.all', { resource: access.resource(resource) })}
          place={{ row: resource, column: 'row' }}
          focused={focus?.row === resource && focus.column === 'row'}
          {...{ readOnly, onFocus, onHover, onToggle }}
        />
        <span className={classes.name} title={resource}>
          {access.resource(resource)}
        </span>
        {entry.planned && <span className={classes.planned}>{t('matrix.planned')}</span>}
        <span className={classes.count} aria-hidden="true">
          {t('matrix.of', {
            held: words.number(heldIn(permissions, entry)),
            all: words.number(entry.verbs.length),
          })}
        </span>
      </div>
      {columns.map((verb) => (
        <div key={verb} role="gridcell" className={classes.cell}>
          {entry.verbs.includes(verb) && <Cell entry={entry} verb={verb} permissions={permissions} {...rest} />}
        </div>
      ))}
    </div>
  );
}

type CellProps = Omit<MatrixRowProps, 'index' | 'template' | 'columns'> & { verb: Verb };

function Cell({ entry, verb, permissions, held, other, focus, readOnly, ...on }: CellProps) {
  const { t } = useTranslation('access');
  const access = useAccessWords();
  const place: MatrixPlace = { row: entry.resource, column: verb };
  const permission = `${entry.resource}.${verb}`;
  const state = cellState(permissions, entry.resource, verb);
  const isHeld = held.has(permission);
  const change = other === undefined || other.has(permission) === isHeld ? undefined : isHeld ? 'gained' : 'lost';
  const dangerous = entry.dangerous.includes(verb);
  const facts = [
    access.permission(permission),
    t(`matrix.cell.${state}`),
    ...(dangerous ? [t('matrix.dangerous')] : []),
    ...(change ? [t(`matrix.${change}`)] : []),
  ];
  return (
    <button
      type="button"
      role="checkbox"
      className={classes.box}
      data-state={state === 'none' || state === 'granted' ? state : 'wildcard'}
      data-change={change}
      data-dangerous={dangerous || undefined}
      data-place={permission}
      data-testid={`cell-${permission}`}
      aria-checked={isHeld}
      aria-readonly={readOnly}
      aria-label={facts.join(', ')}
      tabIndex={focus?.row === entry.resource && focus.column === verb ? 0 : -1}
      onFocus={() => on.onFocus(place)}
      onMouseEnter={() => on.onHover(place)}
      onClick={() => on.onToggle(place)}
    >
      {isHeld && <IconCheck size={14} stroke={2.5} aria-hidden="true" />}
      {dangerous && <IconAlertTriangleFilled size={11} className={classes.danger} aria-hidden="true" />}
      {change && (
        <span className={classes.change} data-change={change} aria-hidden="true">
          {change === 'gained' ? <IconPlus size={9} stroke={3.5} /> : <IconMinus size={9} stroke={3.5} />}
        </span>
      )}
    </button>
  );
}
