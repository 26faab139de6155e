import type { ReactNode } from 'react';
import classes from './Prepared.module.css';

interface FactLine {
  name: string;
  value: string;
  code?: boolean;
}

/** Facts of a step, each with its name. */
export function Facts({ facts }: { facts: readonly FactLine[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map((fact) => (
        <Fact key={fact.name} name={fact.name}>
          {fact.code ? (
            <code className={classes.code} dir="ltr">
              {fact.value}
            </code>
          ) : (
            <bdi>{fact.value}</bdi>
          )}
        </Fact>
      ))}
    </dl>
  );
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
