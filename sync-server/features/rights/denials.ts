import type { Clock } from '#shared/kernel/sources.ts';

interface Refusal {
  actor: { id: string };
  permission: string;
  resource: string;
}

export interface Denials<Of extends Refusal> {
  /** True for the first one of a person, permission and resource in a minute; the others are counted. */
  isFirst: (denial: Of) => boolean;
  /** What was counted in minutes that are over, or in all of them; counted on from nothing. */
  take: (all: boolean) => { denial: Of; count: number }[];
}

const minute = 60_000;

/** Refusals of one kind tell the log once when they begin and once how many followed, so that a flood cannot fill it. */
export function createDenials<Of extends Refusal>(clock: Clock): Denials<Of> {
  const open = new Map<string, { denial: Of; since: number; more: number }>();
  return {
    isFirst: (denial) => {
      const key = `${denial.actor.id}|${denial.permission}|${denial.resource}`;
      const known = open.get(key);
      if (known) {
        known.more += 1;
        return false;
      }
      open.set(key, { denial, since: clock(), more: 0 });
      return true;
    },
    take: (all) => {
      const over = [...open].filter(([, one]) => all || clock() - one.since >= minute);
      for (const [key] of over) open.delete(key);
      return over.flatMap(([, { denial, more }]) => (more > 0 ? [{ denial, count: more }] : []));
    },
  };
}
