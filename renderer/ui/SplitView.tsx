import type { ReactNode } from 'react';
import classes from './SplitView.module.css';

interface SplitViewProps {
  list: ReactNode;
  detail: ReactNode;
  /** What the two halves hold, for those who do not see them. */
  words: { list: string; detail: string };
}

/** A list and the record chosen in it, side by side, each scrolling by itself. Fills the height it is given. */
export function SplitView({ list, detail, words }: SplitViewProps) {
  return (
    <div className={classes.split}>
      <section className={classes.list} aria-label={words.list}>
        {list}
      </section>
      <section className={classes.detail} aria-label={words.detail}>
        {detail}
      </section>
    </div>
  );
}
