import type { Clock } from '#shared/kernel/sources.ts';
import type { Area, AreaParts } from './area.ts';
import { createAccessUses } from './features/rights/accessUses.ts';
import type { AccessUses } from './features/rights/accessUses.ts';
import { createDenials } from './features/rights/denials.ts';
import type { Denials } from './features/rights/denials.ts';
import { createExpiredRoles } from './features/rights/expiredRoles.ts';
import { permissionOfRoute } from './features/rights/routePermissions.ts';
import { rightsRoutes } from './http/rightsRoutes.ts';
import type { DecidedRequest } from './http/rightsRoutes.ts';
import type { StoreReader } from './storage/store.ts';
import { denialNote } from './sync/accessRecorder.ts';
import type { AccessRecorder, Denial } from './sync/accessRecorder.ts';
import type { LimitedRole } from './sync/principals.ts';

/** What every decision of the server is told to. */
export interface AccessWatch {
  recorder: AccessRecorder;
  uses: AccessUses;
  denials: Denials<Denial>;
}

export function createAccessWatch(store: StoreReader, clock: Clock): AccessWatch {
  const uses = createAccessUses(store, clock);
  const denials = createDenials<Denial>(clock);
  return { uses, denials, recorder: { used: uses.count, denied: denials.isFirst } };
}

/** Milliseconds. */
const flushEvery = 60_000;
const longestWait = 30_000;
const shortestWait = 1;
const pauseAfterFailure = 5000;

export type RightsParts = Pick<AreaParts, 'core' | 'principals' | 'networkOf' | 'clock' | 'log'>;

/** Rights beyond their decision: recorded accesses, refusals in the audit log, the end of roles that expire. */
export function createRights({ core, principals, networkOf, clock, log }: RightsParts, watch: AccessWatch): Area {
  const expired = createExpiredRoles<LimitedRole>(clock);
  let flushing: NodeJS.Timeout | undefined;
  let waiting: NodeJS.Timeout | undefined;
  let stopListening: (() => void) | undefined;
  let stopped = false;

  const onDecided = ({ signedIn, permission, route, allowed }: DecidedRequest) => {
    const { principal, sessionId, address } = signedIn;
    watch.recorder.used({ staffId: principal.id, permission, tenantId: '', own: false }, allowed);
    if (allowed) return;
    const actor = { id: principal.id, name: principal.name, session: sessionId, address: networkOf(address) };
    const denial = { actor, permission, resource: route.slice(0, 60), resourceId: '', tenantId: '' };
    if (!watch.recorder.denied(denial)) return;
    core
      .write(1, async (batch) => batch.note(denialNote(denial, 1)))
      .catch((error: unknown) => log.warn({ err: error }, 'a refusal could not be written to the audit log'));
  };
  const flush = async (all: boolean): Promise<void> => {
    const taken = watch.denials.take(all);
    if (taken.length > 0)
      await core.write(taken.length, async (batch) => {
        for (const { denial, count } of taken) batch.note(denialNote(denial, count));
      });
    await watch.uses.flush((work) => core.write(1, work));
  };
  const tellExpired = async (): Promise<void> => {
    const due = expired.due(principals.limited());
    if (due.length === 0) return;
    await core.write(due.length, async (batch) => {
      for (const { staffId, name, role, expiresAt } of await expired.claim(batch, due))
        batch.note({
          actor: { id: 'system', name: 'system' },
          tenantId: '',
          action: 'permission_change',
          resource: 'staff',
          resourceId: staffId,
          resourceName: name,
          changes: [{ path: `body.roles.${role}`, old: { until: expiresAt, reason: '' } }],
          reason: 'expired',
        });
    });
    expired.told(due);
  };
  const watchExpiry = (atLeast = shortestWait) => {
    clearTimeout(waiting);
    if (stopped) return;
    waiting = setTimeout(
      () => {
        tellExpired().then(
          () => watchExpiry(),
          (error: unknown) => {
            log.warn({ err: error }, 'the end of a role could not be written down; tried again');
            watchExpiry(pauseAfterFailure);
          },
        );
      },
      Math.min(longestWait, Math.max(atLeast, untilNext())),
    );
    waiting.unref();
  };
  /** Milliseconds until a role ends. One that is over may wait still: whoever set the timer anew may have been late. */
  const untilNext = (): number => {
    const now = clock();
    if (expired.due(principals.limited()).length > 0) return 0;
    return (principals.nextExpiry(now) ?? Number.POSITIVE_INFINITY) - now;
  };
  return {
    modules: [rightsRoutes({ uses: watch.uses, permissionOf: permissionOfRoute, onDecided })],
    start: async () => {
      await tellExpired();
      watchExpiry();
      stopListening = core.onCommitted((collections) => {
        if (collections.has('access')) watchExpiry();
      });
      flushing = setInterval(() => {
        flush(false).catch((error: unknown) => log.warn({ err: error }, 'recorded accesses wait to be stored'));
      }, flushEvery);
      flushing.unref();
    },
    stop: async () => {
      stopped = true;
      stopListening?.();
      clearInterval(flushing);
      clearTimeout(waiting);
      await flush(true).catch((error: unknown) => log.warn({ err: error }, 'recorded accesses were lost'));
    },
  };
}
