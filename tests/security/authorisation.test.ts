import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemRoles } from '#shared/domain/access/systemRoles.ts';
import type { SystemRole } from '#shared/domain/access/systemRoles.ts';
import { createUuidV7Source } from '#shared/kernel/uuidV7.ts';
import type { PushAnswer } from '#shared/protocol/messages.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import { isTombstone, tombstoneOf } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import { requireResource, resources } from '#shared/resources/registry.ts';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import { createSyncCore } from '#server/sync/syncCore.ts';
import type { SyncCore } from '#server/sync/syncCore.ts';
import { viewKey } from '#server/sync/visibility.ts';
import { recordFrom, recordTemplates } from '#tests/support/recordTemplates.ts';
import { makeGrant, makePrincipal } from '#tests/support/sampleResource.ts';

const now = Date.parse('2026-07-01T00:00:00.000Z');
const clock = () => now;
const ids = createUuidV7Source(clock, createSeededRandom(11).bytes);
const templates = recordTemplates(now);
const verbs = ['view', 'create', 'edit', 'delete'] as const;
type Verb = (typeof verbs)[number];
type Whose = 'own' | 'foreign';
const table: string[] = [];

/** The rule in its plainest words, written apart from the code that is tested. */
function expected(role: SystemRole, resource: Resource, verb: Verb, whose: Whose): boolean {
  const holds = (wanted: string) =>
    ['*', `${resource.permission}.*`, `${resource.permission}.${wanted}`].some((one) => role.permissions.includes(one));
  if (verb !== 'view' && resource.writer === 'server') return false;
  return holds(verb) && (verb === 'create' || whose === 'own' || holds('view_all'));
}

describe.each(systemRoles.map((role) => [role.key, role] as const))('%s', (_key, role) => {
  const me = makePrincipal([makeGrant([...role.permissions], { role: role.key, fieldRules: [...role.fieldRules] })], {
    id: `somebody-${role.key}`,
  });
  const store = openSqliteStore(':memory:', clock);
  const core = createSyncCore({ store, clock, ids });
  beforeAll(() => store.transaction((transaction) => transaction.putRecords(superAdministrator())));
  afterAll(() => store.close());

  it.each(resources.map((resource) => [resource.kind, resource] as const))('%s', async (kind, resource) => {
    const collection = resource.collection as ReplicatedCollection;
    const own = recordOf(resource, { assignedTo: me.id });
    const foreign = recordOf(resource, {});
    await store.transaction((transaction) =>
      transaction.putRecords([own, foreign].map((record) => ({ collection, record }))),
    );
    const push = (baseVersion: number, doc: RecordState) =>
      core.push(me, 'console', { collection, pushId: 'matrix', rows: [{ baseVersion, doc }] });
    const seen = await pulled(core, me, collection);
    const found: Record<string, boolean> = {};

    for (const [whose, record] of [['own', own] as const, ['foreign', foreign] as const]) {
      const mayView = expected(role, resource, 'view', whose);
      found[`view ${whose}`] = seen.has(record.id);
      expectNoHiddenField(role, resource, seen.get(record.id));

      const stale = await push(7, { ...record, version: 8, assignedTo: 'thief' });
      expectNothingShown(stale, resource, role, mayView);

      const edited = await push(1, {
        ...record,
        version: 2,
        assignedTo: whose === 'own' ? me.id : 'heir',
        updatedAt: at,
      });
      found[`edit ${whose}`] = !refused(edited);
      expectNothingShown(edited, resource, role, mayView);

      const stored = (await store.getRecords([record.id])).get(record.id) ?? record;
      const deleted = await push(stored.version, tombstoneOf(record, stored.version + 1));
      found[`delete ${whose}`] = !refused(deleted);
      expectNothingShown(deleted, resource, role, mayView);
      const after = (await store.getRecords([record.id])).get(record.id);
      // Some kinds have reasons of their own to stay.
      expect(after && isTombstone(after)).toBe(accepted(deleted));
      expect(accepted(deleted) && !found[`delete ${whose}`]).toBe(false);
    }
    const made = recordOf(resource, { status: resource.states?.initial ?? '' });
    const created = await push(0, made);
    found['create own'] = !refused(created);
    expect(found['create own'] || !(await store.getRecords([made.id])).has(made.id)).toBe(true);

    const wanted = Object.keys(found).map((name) => {
      const [verb, whose] = name.split(' ') as [Verb, Whose];
      return [name, expected(role, resource, verb, whose)];
    });
    expect(found).toEqual(Object.fromEntries(wanted));
    const mark = (name: string) => (found[name] ? name : '-').padEnd(14);
    table.push(`${role.key.padEnd(15)} ${kind.padEnd(15)} ${Object.keys(found).sort().map(mark).join(' ')}`.trimEnd());
  });
});

it('the audit log does not tell what a role hides in the record itself', async () => {
  const store = openSqliteStore(':memory:', clock);
  const core = createSyncCore({ store, clock, ids });
  const tenant = recordOf(requireResource('tenant'), {});
  await store.transaction((transaction) => transaction.putRecords([{ collection: 'tenants', record: tenant }]));
  const edited = { ...tenant, version: 2, body: { ...tenant.body, notes: 'owes us', name: 'Renamed' } };
  const everything = makePrincipal([makeGrant(['*'])]);
  const answer = await core.push(everything, 'console', {
    collection: 'tenants',
    pushId: 'audited',
    rows: [{ baseVersion: 1, doc: edited }],
  });
  expect(answer).toEqual({ ok: true, conflicts: [], rejections: [] });
  const reliability = systemRoles.find((role) => role.key === 'reliability');
  const limited = makePrincipal([
    makeGrant([...(reliability?.permissions ?? [])], { fieldRules: [...(reliability?.fieldRules ?? [])] }),
  ]);
  const changesFor = async (person: typeof limited) =>
    JSON.stringify([...(await pulled(core, person, 'audit')).values()]);
  expect(await changesFor(everything)).toContain('owes us');
  expect(await changesFor(limited)).toContain('Renamed');
  expect(await changesFor(limited)).not.toContain('owes us');
  expect(viewKey(limited, 'audit')).not.toBe(viewKey({ ...limited, grants: everything.grants }, 'audit'));
  expect(viewKey(limited, 'audit')).toBe(viewKey({ ...limited, id: 'person-2' }, 'audit'));
  await store.close();
});

it('the records of the matrix hold the fields that are hidden from somebody', () => {
  const rules = systemRoles.flatMap((role) => role.fieldRules);
  const missing = rules.filter(
    ({ resource, field }) =>
      ![...templates.values()].some((one) => permissionOf(one) === resource && field in one.body),
  );
  expect(rules.length).toBeGreaterThan(5);
  expect(missing).toEqual([]);
});

it('the whole matrix is the one that was reviewed', async () => {
  expect(table).toHaveLength(systemRoles.length * resources.length);
  await expect(`${table.join('\n')}\n`).toMatchFileSnapshot('authorisation.matrix.txt');
});

const at = new Date(now).toISOString();

/** Somebody who keeps all rights whatever the others do: without such a person nothing that gives rights may go. */
function superAdministrator() {
  const everything = recordOf(requireResource('role'), {});
  everything.body = { ...everything.body, key: 'super_admin', isSystem: true, permissions: ['*'], tenants: [] };
  const person = recordOf(requireResource('staff'), { status: 'active' });
  person.body = { ...person.body, roles: [{ id: 'a', roleId: everything.id, expiresAt: '', reason: '' }] };
  return [everything, person].map((record) => ({ collection: 'access' as const, record }));
}

/** A valid record of the kind that belongs to nobody, unless told otherwise. */
function recordOf(resource: Resource, changes: Partial<RecordEnvelope>): RecordEnvelope {
  return recordFrom(templates, resource, ids, changes);
}

function permissionOf(record: RecordEnvelope): string {
  return requireResource(record.kind).permission;
}

async function pulled(
  core: SyncCore,
  principal: Parameters<SyncCore['pull']>[0],
  collection: ReplicatedCollection,
): Promise<ReadonlyMap<string, RecordState>> {
  const answer = await core.pull(principal, { collection, checkpoint: null, limit: 2000 });
  if (!answer.ok) throw new Error(answer.error.message);
  return new Map((answer.documents as RecordState[]).map((record) => [record.id, record]));
}

function refused(answer: PushAnswer): boolean {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.rejections.some(({ code }) => code === 'forbidden' || code === 'read_only');
}

function accepted(answer: PushAnswer): boolean {
  return answer.ok && answer.rejections.length + answer.conflicts.length === 0;
}

/** Neither a conflict nor a refusal shows a record or a field that a pull would not. */
function expectNothingShown(answer: PushAnswer, resource: Resource, role: SystemRole, mayView: boolean): void {
  if (!answer.ok) throw new Error(answer.error.message);
  const shown = [...answer.conflicts, ...answer.rejections.map((one) => one.current as RecordState | null)];
  expect(mayView ? [] : shown.filter((record) => record !== null)).toEqual([]);
  for (const record of shown) expectNoHiddenField(role, resource, record ?? undefined);
}

function expectNoHiddenField(role: SystemRole, resource: Resource, record: RecordState | undefined): void {
  const hidden = role.fieldRules.flatMap((rule) => (rule.resource === resource.permission ? [rule.field] : []));
  const fields = record && !isTombstone(record) ? Object.keys(record.body) : [];
  expect(fields.filter((name) => hidden.includes(name) || resource.secretFields.includes(name))).toEqual([]);
}
