import { nextExpiry, withoutExpired } from '#shared/domain/access/principalFor.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import type { Clock } from '#shared/kernel/sources.ts';

interface RightsExpiryOptions {
  clock: Clock;
  schedule: (milliseconds: number, work: () => void) => () => void;
  /** undefined = nothing is watched: nobody is known, or replication was stopped. */
  principal: () => Principal | undefined;
  /** A server has said who this is: it ends roles itself. */
  isGreeted: () => boolean;
  /** Roles have ended while no server could say so. */
  onEnded: (principal: Principal) => Promise<void>;
  onFailed: (error: unknown) => void;
}

export interface RightsExpiry {
  /** Ends what has ended by now, and waits for what ends next. */
  start: () => void;
  /** Waits for what ends next; after the rights changed. */
  watch: () => void;
  stop: () => void;
}

/** Milliseconds: a timer is never longer, since a computer that slept is late. */
const longestTimer = 3600_000;
const shortestTimer = 1000;
/** With a server it is only looked whether it has said so. */
const shortestWithServer = 30_000;

/** Roles end at their moment without a server too; with one it is the server that says so. */
export function watchRightsExpiry(options: RightsExpiryOptions): RightsExpiry {
  let cancel: (() => void) | undefined;
  const expire = async (): Promise<void> => {
    const before = options.principal();
    if (!before || options.isGreeted()) return;
    const after = withoutExpired(before, options.clock());
    if (after !== before) await options.onEnded(after);
  };
  const start = () => void expire().catch(options.onFailed).finally(watch);
  const watch = () => {
    cancel?.();
    const principal = options.principal();
    const moment = principal && nextExpiry(principal);
    if (moment === undefined) return;
    const shortest = options.isGreeted() ? shortestWithServer : shortestTimer;
    cancel = options.schedule(Math.min(longestTimer, Math.max(shortest, moment - options.clock())), start);
  };
  return { start, watch, stop: () => cancel?.() };
}
