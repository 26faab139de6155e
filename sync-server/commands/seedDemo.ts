import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { session } from '#shared/resources/access/session.ts';
import { staff } from '#shared/resources/access/staff.ts';
import type { IdSource, Clock } from '#shared/kernel/sources.ts';
import { signedKinds } from '../features/demo/auditing.ts';
import { demoAccounts, demoPassword } from '../features/demo/demoOptions.ts';
import type { DemoSizes } from '../features/demo/demoOptions.ts';
import { generateDemoData } from '../features/demo/generateDemoData.ts';
import { hashPassword } from '../features/signIn/passwords.ts';
import type { Session, SyncStore } from '../storage/store.ts';
import { createWriteBatch } from '../sync/writeBatch.ts';

/** Key in the store's meta data; set once the demo data is in. */
export const demoMark = 'demo';
const seed = 20_260_701;

/** Fills an empty store in one transaction: all of it or, after a crash, nothing. Answers how many records it made. */
export async function seedDemo(store: SyncStore, sizes: DemoSizes, clock: Clock, ids: IdSource): Promise<number> {
  const secrets = new Map<string, string>();
  for (const account of demoAccounts) secrets.set(account.email, await hashPassword(demoPassword));
  return store.transaction(async (transaction) => {
    let count = 0;
    for (const records of generateDemoData({ ...sizes, seed, now: clock() })) {
      const batch = createWriteBatch(transaction, { clock, ids });
      for (const record of records) {
        if (signedKinds.has(record.kind)) continue;
        batch.append(record);
        const secret = record.kind === staff.kind ? secrets.get(String(record.body['email'])) : undefined;
        if (secret) await transaction.putCredential({ staffId: record.id, secret });
        if (record.kind === session.kind) await transaction.putSession(rowOf(record));
      }
      await batch.flush();
      count += records.length;
    }
    await transaction.putMeta(demoMark, new Date(clock()).toISOString());
    return count;
  });
}

/** The session behind a record, so that it can be ended; no token belongs to it. */
function rowOf({ id, status, body }: RecordEnvelope): Session {
  const { staffId, clientId, device, network, startedAt, lastSeenAt, endedAt } = session.body.parse(body);
  return {
    id,
    staffId,
    clientId,
    device,
    address: network,
    createdAt: Date.parse(startedAt),
    lastSeenAt: Date.parse(lastSeenAt),
    revokedAt: status === 'ended' ? Date.parse(endedAt) : 0,
  };
}
