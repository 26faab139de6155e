import { decideAccess, holdsAnywhere } from '#shared/domain/access/decideAccess.ts';
import { dangerousPermissions } from '#shared/domain/access/permissionCatalogue.ts';
import { textIn } from '#shared/records/readBody.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { Area, AreaParts } from './area.ts';
import { createCarryOut, privacyJob } from './features/privacy/carryOut.ts';
import { runComplianceChecks } from './features/privacy/complianceChecks.ts';
import { remindOfDeadlines } from './features/privacy/deadlines.ts';
import type { Reminded } from './features/privacy/deadlines.ts';
import { exportSubject } from './features/privacy/exportSubject.ts';
import { previewSubject } from './features/privacy/preview.ts';
import { searchFor } from './features/privacy/requestSubject.ts';
import { proofArea } from './features/privacy/requestState.ts';
import { privacyRoutes } from './http/privacyRoutes.ts';
import type { PrivacyEdges } from './http/privacyRoutes.ts';

/** Milliseconds between two looks at deadlines. */
const remindEvery = 3600 * 1000;

/** Requests about the data of a natural person. */
export function createPrivacy({
  options,
  store,
  core,
  principals,
  signIn,
  serverId,
  networkOf,
  clock,
  log,
}: AreaParts): Area {
  const sources = { store, write: core.write, clock, serverId };
  const keepers = async (tenantId: string): Promise<Reminded[]> =>
    (await store.recordsOfKind('staff')).flatMap((record) => {
      const principal = principals.principalOf(record.id);
      if (isTombstone(record) || !principal || !decideAccess(principal, 'gdpr.edit', { tenantId }).allowed) return [];
      return [{ id: record.id, locale: textIn(record.body, 'locale') }];
    });
  const isExposed = async (staffId: string): Promise<boolean> => {
    const principal = principals.principalOf(staffId);
    const dangerous = principal && dangerousPermissions.some((permission) => holdsAnywhere(principal, permission));
    return dangerous === true && !(await signIn.secondFactor.stateOf(store, staffId)).totp;
  };
  const edges: PrivacyEdges = {
    store,
    preview: (asked) => previewSubject(store, asked),
    exportOf: async (asked, about) => exportSubject(store, await searchFor(store, asked), about),
    compliance: () =>
      runComplianceChecks({ store, clock, folder: options.data === ':memory:' ? '' : options.data, isExposed }),
    proofArea,
    note: (by, note) =>
      core.write(1, async (batch) =>
        batch.note({
          ...note,
          actor: {
            id: by.principal.id,
            name: by.principal.name,
            session: by.sessionId,
            address: networkOf(by.address),
          },
        }),
      ),
    now: () => new Date(clock()).toISOString(),
  };
  const remind = () => {
    remindOfDeadlines(sources, keepers).catch((error: unknown) =>
      log.warn({ err: error }, 'nobody could be told of the deadlines of privacy requests; tried again in an hour'),
    );
  };
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    modules: [privacyRoutes(edges)],
    jobs: { [privacyJob]: createCarryOut(sources) },
    start: async () => {
      remind();
      timer = setInterval(remind, remindEvery);
      timer.unref();
    },
    stop: async () => clearInterval(timer),
  };
}
