import { headEvidence, headStatement } from '#shared/domain/audit/statements.ts';
import type { HeadEvidence } from '#shared/domain/audit/statements.ts';
import type { Clock, IdSource } from '#shared/kernel/sources.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { SyncStore } from '../../storage/store.ts';
import { ownRecord } from './auditingBatch.ts';
import type { AuditingWrite } from './auditingBatch.ts';
import type { SigningKeys } from './signingKeys.ts';

export interface SignedHeads {
  /** Reads which heads are signed. */
  open: () => Promise<void>;
  /** Signs the heads of chains that moved since they were signed last: of these tenants, or of all. Answers how many. */
  sign: (tenantIds?: readonly string[]) => Promise<number>;
  /** The newest signed head; undefined = the chain is empty, or was never signed. */
  of: (tenantId: string) => HeadEvidence | undefined;
}

export interface SignedHeadsOptions {
  store: SyncStore;
  write: AuditingWrite;
  keys: SigningKeys;
  serverId: string;
  clock: Clock;
  ids: IdSource;
}

/** Heads in one commit: between two of them others have their turn. */
const together = 250;

export function createSignedHeads({ store, write, keys, serverId, clock, ids }: SignedHeadsOptions): SignedHeads {
  const known = new Map<string, { recordId: string; head: HeadEvidence }>();
  let turn: Promise<unknown> = Promise.resolve();

  const signThese = async (tenantIds: readonly string[]): Promise<number> => {
    await keys.rotation();
    const signed = await write(tenantIds.length, async (batch) => {
      const ends = await batch.reader.chainHeads(tenantIds);
      const made: { tenantId: string; recordId: string; head: HeadEvidence }[] = [];
      const signer = keys.signer();
      if (!signer) return keys.rotation() ? undefined : made;
      await batch.load(tenantIds.flatMap((tenantId) => known.get(tenantId)?.recordId ?? []));
      const signedAt = new Date(clock()).toISOString();
      for (const [tenantId, { number, hash }] of ends) {
        const before = known.get(tenantId);
        if (before?.head.number === number) continue;
        const said = { number, hash, signedAt, keyId: signer.keyId };
        const head: HeadEvidence = { ...said, signature: signer.sign(headStatement({ serverId, tenantId }, said)) };
        const recordId = before?.recordId ?? ids();
        const stored = batch.get(recordId);
        const record = ownRecord('auditHead', { id: recordId, tenantId, at: signedAt, body: head });
        batch.rewrite(
          stored && !isTombstone(stored)
            ? { ...record, createdAt: stored.createdAt, version: stored.version + 1 }
            : record,
        );
        made.push({ tenantId, recordId, head });
      }
      return made;
    });
    // A rotation began meanwhile.
    if (!signed) return signThese(tenantIds);
    for (const { tenantId, recordId, head } of signed) known.set(tenantId, { recordId, head });
    return signed.length;
  };
  const signAll = async (): Promise<number> => {
    let count = 0;
    for (let after: string | undefined; ;) {
      const page = await store.allChainHeads(after, together);
      const moved = page.filter((end) => known.get(end.tenantId)?.head.number !== end.number);
      if (moved.length > 0) count += await signThese(moved.map((end) => end.tenantId));
      after = page.at(-1)?.tenantId;
      if (page.length < together) return count;
      await new Promise<void>((wake) => setImmediate(wake));
    }
  };
  return {
    open: async () => {
      for (const record of await store.recordsOfKind('auditHead')) {
        const head = isTombstone(record) ? undefined : headEvidence.safeParse(record.body);
        if (head?.success) known.set(record.tenantId, { recordId: record.id, head: head.data });
      }
    },
    sign: (tenantIds) => {
      const mine = turn.then(() => (tenantIds ? signThese(tenantIds) : signAll()));
      turn = mine.catch(() => undefined);
      return mine;
    },
    of: (tenantId) => known.get(tenantId)?.head,
  };
}
