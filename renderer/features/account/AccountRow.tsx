import type { ReactNode } from 'react';
import classes from './Account.module.css';

interface AccountRowProps {
  icon: ReactNode;
  title: ReactNode;
  text?: ReactNode;
  children?: ReactNode;
  testId?: string;
}

/** A line of a card: what it is about, and what can be done. */
export function AccountRow({ icon, title, text, children, testId }: AccountRowProps) {
  return (
    <div className={classes.row} data-testid={testId}>
      <span className={classes.rowIcon}>{icon}</span>
      <div className={classes.rowWords}>
        <div className={classes.rowTitle}>{title}</div>
        {text && <p className={classes.quiet}>{text}</p>}
      </div>
      {children}
    </div>
  );
}
