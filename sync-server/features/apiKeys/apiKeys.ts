import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { accessTargetOf, decideAccess } from '#shared/domain/access/decideAccess.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import type { Json } from '#shared/kernel/json.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Clock, IdSource } from '#shared/kernel/sources.ts';
import type { ApiKeyAnswer, NewApiKey } from '#shared/protocol/apiKeys.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import type { StoreReader } from '../../storage/store.ts';

/** What keys need of a group commit. */
export interface ApiKeyBatch {
  load: (ids: readonly string[]) => Promise<void>;
  get: (id: string) => RecordState | undefined;
  /** With its audit entry. */
  write: (write: {
    after: RecordState;
    actor: { id: string; name: string };
    reason: string;
    madeAt: string;
    requestId: string;
  }) => Promise<void>;
  /** Without one. */
  append: (record: RecordEnvelope) => void;
  getEntries: (area: string, keys: readonly string[]) => Promise<ReadonlyMap<string, Json>>;
  putEntry: (area: string, key: string, value: Json, expiresAt?: number) => void;
  removeEntry: (area: string, key: string) => void;
}

export interface ApiKeysOptions {
  store: StoreReader;
  write: <Answer>(rows: number, work: (batch: ApiKeyBatch) => Promise<Answer>) => Promise<Answer>;
  clock: Clock;
  ids: IdSource;
}

/** For whom a key speaks; '' = the platform. */
export interface KeyHolder {
  id: string;
  tenantId: string;
}

export interface ApiKeys {
  create: (principal: Principal, request: NewApiKey) => Promise<Result<ApiKeyAnswer, Problem>>;
  /** Works no longer once this resolves; a second time changes nothing. */
  revoke: (principal: Principal, id: string) => Promise<Result<undefined, Problem>>;
  /** undefined for one that is unknown, expired or revoked. */
  authenticate: (key: string) => Promise<KeyHolder | undefined>;
}

/** By the hash of the key: whose it is. And by the id of its record: that hash. */
const byHash = 'apiKey';
const hashOfId = 'apiKey.hash';
const holderSchema = z.object({ id: z.string(), tenantId: z.string() });
const keyShape = /^stw_[A-Za-z0-9_-]{43}$/;
/** Milliseconds between two notes of when a key was last used. */
const noteUseEvery = 60_000;
const shownPrefix = 10;

/** Keys with which the systems of tenants send events. Only their hashes are kept: each has 256 random bits. */
export function createApiKeys({ store, write, clock, ids }: ApiKeysOptions): ApiKeys {
  const noted = new Map<string, number>();

  const noteUse = async (id: string): Promise<void> => {
    const now = clock();
    if (now - (noted.get(id) ?? 0) < noteUseEvery) return;
    noted.set(id, now);
    await write(1, async (batch) => {
      await batch.load([id]);
      const record = batch.get(id);
      if (!record || isTombstone(record)) return;
      const lastUsedAt = new Date(now).toISOString();
      const updated = { ...record, updatedAt: lastUsedAt, updatedBy: 'system', version: record.version + 1 };
      batch.append({ ...updated, body: { ...record.body, lastUsedAt } });
    });
  };
  return {
    create: async (principal, { name, tenantId, expiresAt }) => {
      const permission = 'apiKeys.create';
      if (!decideAccess(principal, permission, { tenantId }).allowed) return failure(forbidden(permission));
      const now = clock();
      const until = expiresAt === undefined ? undefined : Date.parse(expiresAt);
      if (until !== undefined && until <= now) return failure(alreadyExpired);
      const key = `stw_${randomBytes(32).toString('base64url')}`;
      const record = newRecord(ids(), {
        name,
        tenantId,
        until,
        key,
        at: new Date(now).toISOString(),
        by: principal.id,
      });
      return write(1, async (batch) => {
        if (tenantId !== '') {
          await batch.load([tenantId]);
          const tenant = batch.get(tenantId);
          if (!tenant || isTombstone(tenant) || tenant.kind !== 'tenant') return failure(noSuchTenant(tenantId));
        }
        await batch.write({ after: record, ...writtenBy(principal), requestId: record.id });
        const hash = hashOf(key);
        batch.putEntry(byHash, hash, { id: record.id, tenantId }, until);
        batch.putEntry(hashOfId, record.id, hash);
        return success({ id: record.id, key });
      });
    },
    revoke: async (principal, id) =>
      write(1, async (batch) => {
        await batch.load([id]);
        const record = batch.get(id);
        const mayView =
          record?.kind === 'apiKey' && decideAccess(principal, 'apiKeys.view', accessTargetOf(record)).allowed;
        if (!record || isTombstone(record) || !mayView) return failure(noSuchKey);
        const permission = 'apiKeys.edit';
        if (!decideAccess(principal, permission, accessTargetOf(record)).allowed) return failure(forbidden(permission));
        if (record.status === 'revoked') return success(undefined);
        const at = new Date(clock()).toISOString();
        const after = {
          ...record,
          status: 'revoked',
          updatedAt: at,
          updatedBy: principal.id,
          version: record.version + 1,
        };
        await batch.write({ after, ...writtenBy(principal), requestId: id });
        const hash = (await batch.getEntries(hashOfId, [id])).get(id);
        if (typeof hash === 'string') batch.removeEntry(byHash, hash);
        batch.removeEntry(hashOfId, id);
        return success(undefined);
      }),
    authenticate: async (key) => {
      if (!keyShape.test(key)) return undefined;
      const hash = hashOf(key);
      const holder = holderSchema.safeParse((await store.getEntries(byHash, [hash])).get(hash));
      if (!holder.success) return undefined;
      await noteUse(holder.data.id);
      return holder.data;
    },
  };
}

function newRecord(
  id: string,
  made: { name: string; tenantId: string; until: number | undefined; key: string; at: string; by: string },
): RecordEnvelope {
  const { name, tenantId, until, key, at, by } = made;
  return {
    id,
    kind: 'apiKey',
    tenantId,
    status: 'active',
    assignedTo: '',
    createdAt: at,
    createdBy: by,
    updatedAt: at,
    updatedBy: by,
    version: 1,
    body: {
      name,
      prefix: key.slice(0, shownPrefix),
      expiresAt: until === undefined ? '' : new Date(until).toISOString(),
      lastUsedAt: '',
    },
  };
}

function writtenBy({ id, name }: Principal): { actor: { id: string; name: string }; reason: string; madeAt: string } {
  return { actor: { id, name }, reason: '', madeAt: '' };
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

function forbidden(permission: string): Problem {
  return problemOf('forbidden', saying('permission_needed_there', { permission }));
}

const alreadyExpired: Problem = problemOf('invalid', saying('key_expired_already'), { path: 'expiresAt' });
const noSuchKey: Problem = problemOf('not_found', saying('no_such_key'));

function noSuchTenant(tenantId: string): Problem {
  return problemOf('invalid', saying('no_such_tenant', { tenant: tenantId }), { path: 'tenantId' });
}
