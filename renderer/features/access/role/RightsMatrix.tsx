import { useDirection } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { expandPatterns } from '#shared/domain/access/permissionCatalogue.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useAccessWords } from '../useAccessWords.ts';
import { CellFacts } from './CellFacts.tsx';
import classes from './Matrix.module.css';
import { MatrixRow } from './MatrixRow.tsx';
import { moveIn, nearest } from './matrixMoves.ts';
import type { MatrixGrid, MatrixPlace } from './matrixMoves.ts';
import { toggleCell, toggleEverything, toggleRow } from './rightsMatrix.ts';
import type { MatrixView } from './rightsMatrix.ts';
import { TriState } from './TriState.tsx';

interface RightsMatrixProps {
  permissions: readonly string[];
  /** Rows and columns shown. */
  view: MatrixView;
  /** Marks what these patterns lack and have beyond; undefined = nothing is compared. */
  compareWith: readonly string[] | undefined;
  /** Undefined = read only. */
  onChange: ((permissions: string[]) => void) | undefined;
}

/** Pixels that the names of resources, and each act, keep. */
const headWidth = 224;
const cellWidth = 64;

/** A role's permissions as a grid of resources by verbs, moved in by the arrow keys. */
export function RightsMatrix({ permissions, view, compareWith, onChange }: RightsMatrixProps) {
  const { t } = useTranslation('access');
  const words = useRecordWords();
  const access = useAccessWords();
  const { dir } = useDirection();
  const root = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<MatrixPlace>();
  const [seen, setSeen] = useState<MatrixPlace>();
  const grid = useMemo<MatrixGrid>(() => gridOf(view), [view]);
  const focus = nearest(grid, place);
  const held = useMemo(() => new Set(expandPatterns(permissions)), [permissions]);
  const other = useMemo(() => compareWith && new Set(expandPatterns(compareWith)), [compareWith]);
  const all = permissions.includes('*');

  const toggle = ({ row, column }: MatrixPlace) => {
    if (row === '*') onChange?.(toggleEverything(permissions));
    else if (column === 'row') onChange?.(toggleRow(permissions, row));
    else onChange?.(toggleCell(permissions, row, column));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!focus || event.altKey || event.metaKey) return;
    const next = moveIn(grid, focus, event, dir === 'rtl');
    if (!next) return;
    event.preventDefault();
    setPlace(next);
    setSeen(next);
    root.current?.querySelector<HTMLElement>(`[data-place="${next.row}.${next.column}"]`)?.focus();
  };
  const shared = {
    permissions,
    held,
    other,
    focus,
    readOnly: onChange === undefined,
    columns: view.verbs,
    onFocus: (next: MatrixPlace) => {
      setPlace(next);
      setSeen(next);
    },
    onHover: setSeen,
    onToggle: (next: MatrixPlace) => {
      setPlace(next);
      toggle(next);
    },
  };
  const template = {
    gridTemplateColumns: `minmax(${headWidth}px, 1.5fr) repeat(${view.verbs.length}, minmax(${cellWidth}px, 1fr))`,
    minInlineSize: headWidth + view.verbs.length * cellWidth,
  };
  return (
    <div className={classes.frame}>
      <div className={classes.viewport} ref={root}>
        <div
          role="grid"
          aria-label={t('matrix.label')}
          aria-rowcount={grid.rows.length + 1}
          aria-colcount={view.verbs.length + 1}
          aria-readonly={onChange === undefined}
          className={classes.grid}
          data-testid="rights-matrix"
          onKeyDown={onKeyDown}
        >
          <div role="row" aria-rowindex={1} className={`${classes.row} ${classes.head}`} style={template}>
            <div role="columnheader" className={`${classes.first} ${classes.headCell}`}>
              {t('matrix.resource')}
            </div>
            {view.verbs.map((verb) => (
              <div key={verb} role="columnheader" className={classes.headCell} title={access.verbHelp(verb)}>
                {access.verb(verb)}
              </div>
            ))}
          </div>
          <div role="row" aria-rowindex={2} className={classes.row} data-everything style={template}>
            <div role="rowheader" className={classes.first}>
              <TriState
                state={all ? 'all' : held.size > 0 ? 'some' : 'none'}
                label={t('everything')}
                place={{ row: '*', column: 'row' }}
                focused={focus?.row === '*'}
                {...shared}
              />
              <span className={classes.name}>{t('everything')}</span>
              <span className={classes.count}>{words.number(held.size)}</span>
            </div>
            <div role="gridcell" className={classes.note} aria-colspan={view.verbs.length}>
              {t('matrix.everythingHelp')}
            </div>
          </div>
          {view.areas.map((area) => (
            <div key={area.name} role="rowgroup" aria-label={access.area(area.name)}>
              <div className={classes.area} aria-hidden="true">
                <span>{access.area(area.name)}</span>
              </div>
              {area.rows.map((entry) => (
                <MatrixRow
                  key={entry.resource}
                  entry={entry}
                  index={grid.rows.findIndex((row) => row.row === entry.resource) + 2}
                  template={template}
                  {...shared}
                />
              ))}
            </div>
          ))}
        </div>
        {view.areas.length === 0 && <p className={classes.nothing}>{t('matrix.nothing')}</p>}
      </div>
      <CellFacts place={seen ?? focus} permissions={permissions} other={other} held={held} />
    </div>
  );
}

function gridOf(view: MatrixView): MatrixGrid {
  const columns = ['row', ...view.verbs] as const;
  return {
    columns,
    rows: [
      { row: '*', columns: ['row'] },
      ...view.areas.flatMap((area) =>
        area.rows.map((entry) => ({
          row: entry.resource,
          columns: columns.filter((column) => column === 'row' || entry.verbs.includes(column)),
        })),
      ),
    ],
  };
}
