import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { keyIdOf } from '#shared/domain/audit/keyRing.ts';
import { keyEvidence, keyStatement } from '#shared/domain/audit/statements.ts';
import type { KeyEvidence } from '#shared/domain/audit/statements.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import type { Json } from '#shared/kernel/json.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Clock, IdSource } from '#shared/kernel/sources.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { StoreReader } from '../../storage/store.ts';
import { ownRecord } from './auditingBatch.ts';
import type { AuditingActor, AuditingWrite } from './auditingBatch.ts';

/** The key that signs now. */
export interface Signer {
  keyId: string;
  /** Ed25519, base64url. */
  sign: (text: string) => string;
}

export interface SigningKeys {
  /** Reads the keys, makes the first one. Before it nothing can be signed. */
  open: () => Promise<void>;
  /**
   * undefined: a rotation is under way, or the server's secret key is another than the one the private key was sealed with. To be
   * asked in the work of a write, before the time of what is signed is taken: then that is not after the key's end.
   */
  signer: () => Signer | undefined;
  /** Resolves when no rotation is under way; undefined = none is. Not to be awaited in the work of a write. */
  rotation: () => Promise<unknown> | undefined;
  /** Replaces the key that signs: an entry of the platform's log. */
  rotate: (actor: AuditingActor) => Promise<Result<{ keyId: string; replaced: string }, Problem>>;
  /** Public halves, oldest first. */
  evidence: () => readonly KeyEvidence[];
}

export interface SigningKeysOptions {
  store: StoreReader;
  write: AuditingWrite;
  /** Seals private keys; they are kept in the store, and never leave it otherwise. */
  sealer: { seal: (name: string, text: string) => Json; open: (name: string, sealed: unknown) => string | undefined };
  serverId: string;
  clock: Clock;
  ids: IdSource;
}

const area = 'auditKeys';
const sealedName = (keyId: string) => `audit signing key ${keyId}`;

interface CurrentKey {
  record: RecordEnvelope;
  evidence: KeyEvidence;
  privateKey: KeyObject;
}

export function createSigningKeys({ store, write, sealer, serverId, clock, ids }: SigningKeysOptions): SigningKeys {
  let known: KeyEvidence[] = [];
  let current: CurrentKey | undefined;
  let rotating: Promise<unknown> = Promise.resolve();
  let rotations = 0;

  /** A fresh key that nobody knows yet, signed by the one it replaces or by itself. */
  const make = (before: CurrentKey | undefined): CurrentKey => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const raw = String(publicKey.export({ format: 'jwk' })['x']);
    const at = new Date(clock()).toISOString();
    const said = {
      keyId: keyIdOf(Buffer.from(raw, 'base64url')),
      publicKey: raw,
      madeAt: at,
      endorsedBy: before?.evidence.keyId ?? '',
    };
    const endorsement = signText(before?.privateKey ?? privateKey, keyStatement(serverId, said));
    const evidence: KeyEvidence = { ...said, retiredAt: '', endorsement };
    return { record: ownRecord('auditKey', { id: ids(), tenantId: '', at, body: evidence }), evidence, privateKey };
  };
  const replace = async (before: CurrentKey | undefined, actor: AuditingActor | undefined): Promise<CurrentKey> => {
    const next = await write(2, async (batch) => {
      // Made here: what was signed in works before this one is not later than its end.
      const next = make(before);
      if (before) {
        await batch.load([before.record.id]);
        const stored = batch.get(before.record.id) ?? before.record;
        const { madeAt } = next.evidence;
        batch.rewrite({
          ...before.record,
          version: stored.version + 1,
          updatedAt: madeAt,
          body: { ...before.evidence, retiredAt: madeAt },
        });
        batch.removeEntry(area, before.evidence.keyId);
      }
      batch.rewrite(next.record);
      const der = next.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url');
      batch.putEntry(area, next.evidence.keyId, sealer.seal(sealedName(next.evidence.keyId), der));
      if (before && actor)
        batch.note({
          actor,
          tenantId: '',
          action: 'key_rotation',
          resource: 'auditKey',
          resourceId: next.record.id,
          resourceName: next.evidence.keyId,
          changes: [{ path: 'body.keyId', old: before.evidence.keyId, new: next.evidence.keyId }],
        });
      return next;
    });
    if (before) known = known.map((key) => (key.retiredAt === '' ? { ...key, retiredAt: next.evidence.madeAt } : key));
    known = [...known, next.evidence];
    current = next;
    return next;
  };
  return {
    open: async () => {
      const keys = (await store.recordsOfKind('auditKey')).flatMap((record) => {
        if (isTombstone(record)) return [];
        const evidence = keyEvidence.safeParse(record.body);
        return evidence.success ? [{ record, evidence: evidence.data }] : [];
      });
      known = inLine(keys.map((key) => key.evidence));
      const last = keys.find((key) => key.evidence.retiredAt === '');
      if (!last) {
        if (keys.length === 0) await replace(undefined, undefined);
        return;
      }
      const { keyId } = last.evidence;
      const sealed = (await store.getEntries(area, [keyId])).get(keyId);
      const der = sealed === undefined ? undefined : sealer.open(sealedName(keyId), sealed);
      if (der === undefined) return;
      const key = Buffer.from(der, 'base64url');
      current = { ...last, privateKey: createPrivateKey({ key, format: 'der', type: 'pkcs8' }) };
    },
    signer: () => {
      const key = rotations > 0 ? undefined : current;
      return key && { keyId: key.evidence.keyId, sign: (text) => signText(key.privateKey, text) };
    },
    rotate: (actor) => {
      const renew = async (): Promise<Result<{ keyId: string; replaced: string }, Problem>> => {
        const before = current;
        if (!before) return failure(noKey);
        const next = await replace(before, actor);
        return success({ keyId: next.evidence.keyId, replaced: before.evidence.keyId });
      };
      rotations += 1;
      const mine = rotating.then(renew).finally(() => (rotations -= 1));
      rotating = mine.catch(() => undefined);
      return mine;
    },
    rotation: () => (rotations > 0 ? rotating : undefined),
    evidence: () => known,
  };
}

function signText(key: KeyObject, text: string): string {
  return sign(null, Buffer.from(text), key).toString('base64url');
}

function inLine(keys: readonly KeyEvidence[]): KeyEvidence[] {
  const line: KeyEvidence[] = [];
  for (let next = keys.find((key) => key.endorsedBy === ''); next;) {
    const last = next;
    line.push(last);
    next = keys.find((key) => key.endorsedBy === last.keyId && !line.includes(key));
  }
  return line;
}

export const noKey: Problem = problemOf('unavailable', saying('cannot_sign_restart'));
