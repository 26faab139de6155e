import type { ReactNode } from 'react';
import { BrandMark } from '#renderer/ui/BrandMark.tsx';
import classes from './SignIn.module.css';

interface GateProps {
  /** What the card is about, for those who do not see it. */
  label: string;
  /** Other ways on, below the card. */
  ways?: ReactNode;
  foot?: ReactNode;
  children: ReactNode;
  'data-testid'?: string;
  'data-reason'?: string;
}

/** What stands before the console, whether it is not open yet or locked: brand, one card, other ways. */
export function Gate({ label, ways, foot, children, ...marks }: GateProps) {
  return (
    <main className={classes.screen} {...marks}>
      <div className={classes.column}>
        <div className={classes.brand}>
          <BrandMark size={26} /> Steward
        </div>
        <section className={classes.card} aria-label={label}>
          {children}
        </section>
        {ways && <div className={classes.ways}>{ways}</div>}
        {foot && <footer className={classes.foot}>{foot}</footer>}
      </div>
    </main>
  );
}
