import { useCallback, useState } from 'react';
import type { ReactNode } from 'react';

interface GrowingRowsProps<Row> {
  rows: readonly Row[];
  /** What the rows answer; another subject begins with few rows again. */
  subject: string;
  /** Draws a row with its key. */
  render: (row: Row, index: number) => ReactNode;
}

const step = 100;

/** Rows of a table body whose end is drawn when it comes into sight: a long table is there as soon as a short one. */
export function GrowingRows<Row>({ rows, subject, render }: GrowingRowsProps<Row>) {
  const [grown, setGrown] = useState({ subject, drawn: step });
  const drawn = grown.subject === subject ? grown.drawn : step;
  const end = useCallback(
    (element: HTMLTableRowElement | null) => {
      if (!element) return undefined;
      const observer = new IntersectionObserver((seen) => {
        if (seen.some((one) => one.isIntersecting)) setGrown({ subject, drawn: drawn + step });
      });
      observer.observe(element);
      return () => observer.disconnect();
    },
    [subject, drawn],
  );
  return (
    <>
      {rows.slice(0, drawn).map(render)}
      {drawn < rows.length && (
        <tr ref={end} aria-hidden="true">
          <td style={{ blockSize: 1, padding: 0 }} />
        </tr>
      )}
    </>
  );
}
