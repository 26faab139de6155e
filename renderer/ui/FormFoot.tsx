import type { ReactNode } from 'react';
import classes from './FormFoot.module.css';

interface FormFootProps {
  /** What is not saved, or that nothing is. */
  state: ReactNode;
  /** Something waits to be saved. */
  dirty: boolean;
  /** The buttons: taking back, then saving. */
  children: ReactNode;
  'data-testid'?: string;
}

/** The bar below a form. Always there, so that nothing jumps. */
export function FormFoot({ state, dirty, children, 'data-testid': testId }: FormFootProps) {
  return (
    <footer className={classes.foot} data-dirty={dirty || undefined}>
      <span className={classes.state} role="status" data-testid={testId}>
        {state}
      </span>
      {children}
    </footer>
  );
}
