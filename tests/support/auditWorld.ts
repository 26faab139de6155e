import { createUuidV7Source } from '#shared/kernel/uuidV7.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { requireResource } from '#shared/resources/registry.ts';
import { createBundleReader } from '#shared/domain/audit/bundleReader.ts';
import type { BundleReport } from '#shared/domain/audit/bundleReader.ts';
import { createExportLog } from '#server/features/auditing/exportLog.ts';
import type { ExportRights } from '#server/features/auditing/exportLog.ts';
import { createRetention } from '#server/features/auditing/retention.ts';
import { createSignedHeads } from '#server/features/auditing/signedHeads.ts';
import { createSigningKeys } from '#server/features/auditing/signingKeys.ts';
import { createTurns } from '#server/features/auditing/turns.ts';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import { createSealer } from '#server/features/secrets/sealedValue.ts';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import { serverCrypto } from '#server/sync/serverCrypto.ts';
import { createSyncCore } from '#server/sync/syncCore.ts';
import { makeTicket } from './sampleResource.ts';

export const auditDay = 24 * 3600 * 1000;
const all: ExportRights = { mayExport: () => true, show: (entry) => entry };
export const auditor = { id: 'staff-1', name: 'Ada' };

export type AuditWorld = Awaited<ReturnType<typeof openAuditWorld>>;

/** Everything about the audit log over a real store, on a clock of its own. `directory` ':memory:' or one that may be opened again. */
export async function openAuditWorld(directory: string, from = Date.UTC(2026, 0, 1), seed = 7) {
  let now = from;
  const clock = () => now;
  const ids = createUuidV7Source(clock, createSeededRandom(seed).bytes);
  const store = openSqliteStore(directory, clock);
  const core = createSyncCore({ store, clock, ids });
  const { write } = core;
  const serverId = 'server-1';
  const sealer = createSealer({ id: 'test', bytes: new Uint8Array(32).fill(9) });
  const keys = createSigningKeys({ store, write, sealer, serverId, clock, ids });
  const heads = createSignedHeads({ store, write, keys, serverId, clock, ids });
  const turns = createTurns();
  const retention = createRetention({ store, write, keys, turns, serverId, crypto: serverCrypto, clock, ids });
  const exportLog = createExportLog({ store, write, keys, heads, turns, serverId, clock, ids });
  await keys.open();
  await heads.open();
  const note = (tenantId: string, resourceId = 'r-1', actorName = 'Ada Lovelace') =>
    write(1, async (batch) =>
      batch.note({
        actor: { id: 'staff-1', name: actorName },
        tenantId,
        action: 'view',
        resource: 'tenant',
        resourceId,
        changes: [{ path: 'body.name', old: 'secret before', new: 'secret after' }],
      }),
    );
  const put = (kind: string, changes: Partial<RecordEnvelope>) => {
    const resource = requireResource(kind);
    const body = { ...changes.body };
    const record = { ...makeTicket({ id: ids(), kind, tenantId: '', status: '', ...changes }), body };
    return store
      .transaction((transaction) =>
        transaction.putRecords([{ collection: resource.collection as ReplicatedCollection, record }]),
      )
      .then(() => record);
  };
  const exported = async (format: 'csv' | 'json' | 'bundle', filter = {}, rights = all): Promise<string> => {
    let text = '';
    for await (const part of exportLog.parts({ format, filter }, auditor, rights)) text += part;
    return text;
  };
  const verified = (bundle: string, trusted = ''): BundleReport => {
    const reader = createBundleReader(trusted);
    for (let at = 0; at < bundle.length; at += 777) reader.feed(bundle.slice(at, at + 777));
    return reader.finish();
  };
  return {
    store,
    core,
    write,
    keys,
    heads,
    retention,
    exportLog,
    note,
    put,
    exported,
    verified,
    ids,
    clock,
    advance: (milliseconds: number) => void (now += milliseconds),
    close: async () => {
      await core.drain();
      await store.close();
    },
  };
}
