import type { ReactNode } from 'react';
import classes from './StatusMark.module.css';

interface StatusMarkProps {
  tone: 'neutral' | 'success' | 'warning' | 'danger' | 'info';
  children: ReactNode;
}

/** A status as a dot and a word. */
export function StatusMark({ tone, children }: StatusMarkProps) {
  return (
    <span className={classes.status} data-tone={tone}>
      {children}
    </span>
  );
}
