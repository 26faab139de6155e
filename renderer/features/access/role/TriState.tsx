import { IconCheck, IconMinus } from '@tabler/icons-react';
import classes from './Matrix.module.css';
import type { MatrixPlace } from './matrixMoves.ts';

interface TriStateProps {
  state: 'all' | 'some' | 'none';
  /** Held because of a wider wildcard. */
  implied?: boolean;
  label: string;
  place: MatrixPlace;
  focused: boolean;
  readOnly: boolean;
  onFocus: (place: MatrixPlace) => void;
  onHover: (place: MatrixPlace) => void;
  onToggle: (place: MatrixPlace) => void;
}

/** The switch of a whole row: all of it, some of it, none. */
export function TriState({ state, implied, label, place, focused, readOnly, ...on }: TriStateProps) {
  return (
    <button
      type="button"
      role="checkbox"
      className={classes.box}
      data-state={implied ? 'wildcard' : state === 'none' ? 'none' : 'granted'}
      data-place={`${place.row}.${place.column}`}
      data-testid={`row-${place.row}`}
      aria-checked={state === 'all' ? true : state === 'some' ? 'mixed' : false}
      aria-readonly={readOnly}
      aria-label={label}
      tabIndex={focused ? 0 : -1}
      onFocus={() => on.onFocus(place)}
      onMouseEnter={() => on.onHover(place)}
      onClick={() => on.onToggle(place)}
    >
      {state === 'all' && <IconCheck size={14} stroke={2.5} aria-hidden="true" />}
      {state === 'some' && <IconMinus size={14} stroke={2.5} aria-hidden="true" />}
    </button>
  );
}
