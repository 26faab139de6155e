import { afterAll, describe, expect, it } from 'vitest';
import { systemRoles } from '#shared/domain/access/systemRoles.ts';
import { createUuidV7Source } from '#shared/kernel/uuidV7.ts';
import type { PushAnswer } from '#shared/protocol/messages.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import { tombstoneOf } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import { resources } from '#shared/resources/registry.ts';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import { createSyncCore } from '#server/sync/syncCore.ts';
import { recordFrom, recordTemplates } from '#tests/support/recordTemplates.ts';
import { makeGrant, makePrincipal } from '#tests/support/sampleResource.ts';

const now = Date.parse('2026-07-01T00:00:00.000Z');
const clock = () => now;
const ids = createUuidV7Source(clock, createSeededRandom(12).bytes);
const templates = recordTemplates(now);
const [mine, theirs] = [ids(), ids()];

/** Kinds of a tenant: what the platform shares is in the matrix of roles. */
const kinds = resources.filter(({ scope }) => scope !== 'platform');

describe.each(systemRoles.map((role) => [role.key, role] as const))('%s, of one tenant', (_key, role) => {
  const me = makePrincipal([makeGrant([...role.permissions], { tenants: [mine] })], { id: 'somebody' });
  const store = openSqliteStore(':memory:', clock);
  const core = createSyncCore({ store, clock, ids });
  afterAll(() => store.close());
  const holds = (resource: Resource, verb: string) =>
    ['*', `${resource.permission}.*`, `${resource.permission}.${verb}`].some((one) => role.permissions.includes(one));

  it.each(kinds.map((resource) => [resource.kind, resource] as const))('%s', async (kind, resource) => {
    const collection = resource.collection as ReplicatedCollection;
    const of = (tenantId: string, changes: Partial<RecordEnvelope> = {}) =>
      kind === 'tenant'
        ? recordFrom(templates, resource, ids, { id: tenantId, tenantId, ...changes })
        : recordFrom(templates, resource, ids, { tenantId, ...changes });
    const [own, other] = [of(mine), of(theirs)];
    // Theirs by every other tie there is: what another tenant owns stays out of reach all the same.
    const tied = kind === 'tenant' ? other : of(theirs, { createdBy: me.id, assignedTo: me.id });
    await store.transaction((transaction) =>
      transaction.putRecords([own, other, tied].map((record) => ({ collection, record }))),
    );
    const push = async (baseVersion: number, doc: RecordState) =>
      core.push(me, 'console', { collection, pushId: 'matrix', rows: [{ baseVersion, doc }] });
    const pulled = await core.pull(me, { collection, checkpoint: null, limit: 2000 });
    const seen = new Set(pulled.ok ? pulled.documents.map((one) => (one as RecordState).id) : []);
    const written = resource.writer === 'console';

    expect(seen.has(own.id)).toBe(holds(resource, 'view') && holds(resource, 'view_all'));
    for (const record of [other, tied]) {
      expect(seen.has(record.id)).toBe(false);
      const edit = await push(1, { ...record, version: 2, updatedAt: new Date(now).toISOString() });
      const remove = await push(1, tombstoneOf(record, 2));
      const conflict = await push(7, { ...record, version: 8 });
      for (const answer of [edit, remove, conflict]) expectShut(answer);
    }
    if (kind !== 'tenant') expectShut(await push(0, of(theirs, { status: resource.states?.initial ?? '' })));
    const edited = await push(1, { ...own, version: 2, assignedTo: 'heir' });
    expect(refused(edited)).toBe(!(written && holds(resource, 'edit') && holds(resource, 'view_all')));
    // To another tenant nothing moves.
    const moved = await push(own.version, { ...own, tenantId: theirs, version: own.version + 1 });
    expect(moved.ok && moved.rejections.length + moved.conflicts.length).toBe(1);
  });
});

/** How a door is shut; what one may not know of is as if it were not there. */
const shut: ReadonlySet<string> = new Set(['forbidden', 'read_only', 'gone']);

function refused(answer: PushAnswer): boolean {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.rejections.some(({ code }) => shut.has(code));
}

/** Refused in the words for what one may not know, without showing anything. */
function expectShut(answer: PushAnswer): void {
  if (!answer.ok) throw new Error(answer.error.message);
  expect(answer.conflicts).toEqual([]);
  expect(answer.rejections).toHaveLength(1);
  expect(shut).toContain(answer.rejections[0]?.code);
  expect(answer.rejections[0]?.current).toBeNull();
}
