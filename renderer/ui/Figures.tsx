import type { ReactNode } from 'react';
import classes from './Figures.module.css';

export interface Figure {
  key: string;
  label: string;
  value: ReactNode;
  /** A quiet second line. */
  hint?: ReactNode;
  tone?: 'plain' | 'danger' | 'warning';
}

/** Figures in a row, each under its name. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className={classes.figures}>
      {figures.map(({ key, label, value, hint, tone = 'plain' }) => (
        <div key={key} className={classes.figure}>
          <dt className={classes.label}>{label}</dt>
          <dd className={classes.value} data-tone={tone} data-testid={`figure-${key}`}>
            {value}
          </dd>
          {hint !== undefined && <dd className={classes.hint}>{hint}</dd>}
        </div>
      ))}
    </dl>
  );
}
