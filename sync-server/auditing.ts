import type { Area, AreaParts } from './area.ts';
import { systemActor } from './features/auditing/auditingBatch.ts';
import { createExportLog } from './features/auditing/exportLog.ts';
import { createRetention } from './features/auditing/retention.ts';
import { createSignedHeads } from './features/auditing/signedHeads.ts';
import { createSigningKeys } from './features/auditing/signingKeys.ts';
import { createTurns } from './features/auditing/turns.ts';
import { createSealer } from './features/secrets/sealedValue.ts';
import { addAuditRoutes } from './http/auditRoutes.ts';
import { loadServerKey } from './serverKey.ts';
import { serverCrypto } from './sync/serverCrypto.ts';

const signEvery = 60_000;
const firstRetention = 10 * 60_000;
const retainEvery = 24 * 3600_000;

/** The audit log beyond its writing: signed heads, keys, retention, exports. */
export function createAuditing(parts: AreaParts): Area {
  const { options, store, core, serverId, networkOf, clock, ids, log } = parts;
  const { write } = core;
  const keys = createSigningKeys({ store, write, sealer: createSealer(loadServerKey(options)), serverId, clock, ids });
  const heads = createSignedHeads({ store, write, keys, serverId, clock, ids });
  const turns = createTurns();
  const retention = createRetention({ store, write, keys, turns, serverId, crypto: serverCrypto, clock, ids });
  const exportLog = createExportLog({ store, write, keys, heads, turns, serverId, clock, ids });
  const stopping = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  let working: Promise<unknown> = Promise.resolve();
  let hasMoved = true;
  const ending = core.onCommitted((collections) => {
    if (collections.has('audit')) hasMoved = true;
  });

  const sign = async () => {
    if (!hasMoved) return;
    hasMoved = false;
    await heads.sign();
  };
  const retain = async () => {
    const outcome = await retention.run({
      isDry: false,
      actor: systemActor,
      signal: stopping.signal,
    });
    if (!outcome.ok) log.warn({ reason: outcome.error.message }, 'retention of the audit log did not run');
  };
  const attempt = (what: string, work: () => Promise<void>) => {
    working = working
      .then(work)
      .catch((error: unknown) => log.warn({ err: error }, `${what} failed; it is tried again later`));
  };
  return {
    modules: [
      (app, gate) =>
        addAuditRoutes(app, gate, {
          store,
          keys,
          heads,
          retention,
          exportLog,
          serverId,
          actorOf: ({ principal, sessionId, address }) => ({
            id: principal.id,
            name: principal.name,
            session: sessionId,
            address: networkOf(address),
          }),
          clock,
        }),
    ],
    start: async () => {
      await keys.open();
      if (!keys.signer())
        log.error(
          'the audit log cannot be signed: its signing key was sealed with another secret key. Start with that one.',
        );
      await heads.open();
      attempt('signing the audit log', sign);
      timers.push(
        setInterval(() => attempt('signing the audit log', sign), signEvery),
        setTimeout(() => attempt('retention of the audit log', retain), firstRetention),
        setInterval(() => attempt('retention of the audit log', retain), retainEvery),
      );
    },
    stop: async () => {
      for (const timer of timers.splice(0)) clearInterval(timer);
      stopping.abort();
      await working;
      attempt('signing the audit log', sign);
      await working;
      ending();
    },
  };
}
