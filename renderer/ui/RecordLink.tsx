import type { ReactNode } from 'react';
import { Link } from 'wouter';
import classes from './RecordLink.module.css';
import { recordPath } from './recordPath.ts';

interface RecordLinkProps {
  kind: string;
  id: string;
  /** Opens the form rather than the record's own page. */
  edit?: boolean;
  /** Another place than the record's page. */
  href?: string;
  children: ReactNode;
}

/** A link to the page of a record. */
export function RecordLink({ kind, id, edit, href, children }: RecordLinkProps) {
  return (
    <Link href={href ?? recordPath(kind, id, edit ?? false)} className={classes.link}>
      {children}
    </Link>
  );
}
