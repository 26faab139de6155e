import { expect, it } from 'vitest';
import type { FieldRule, Grant, Principal } from '#shared/domain/access/principal.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordState } from '#shared/records/envelope.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import { inboxOf, minute, openOffice } from '#tests/replication/office.ts';
import type { Office } from '#tests/replication/office.ts';
import { makeGrant, makePrincipal } from '#tests/support/sampleResource.ts';

const kinds = [
  ['runs', 'task'],
  ['health', 'flag'],
  ['audit', 'auditEntry'],
] as const;
const tenants = ['', 't1', 't2'];
const patterns = ['*', 'tasks.*', 'tasks.view', 'tasks.view_all', 'flags.*', 'flags.view', 'audit.*', 'audit.view'];
const rules: FieldRule[] = [
  { resource: 'tasks', field: 'description', access: 'hidden' },
  { resource: 'flags', field: 'name', access: 'hidden' },
  { resource: 'audit', field: 'actorName', access: 'hidden' },
];

/** What the server would send, and what the console holds, as text by id. */
async function bothSides(office: Office, collection: ReplicatedCollection, kind: string, person: Principal) {
  const answer = await office.server.core.pull(person, { collection, checkpoint: null, limit: 2000 });
  if (!answer.ok) throw new Error(answer.error.message);
  const theirs = (answer.documents as RecordState[]).filter((one) => one.kind === kind && !isTombstone(one));
  const mine = await new Promise<readonly RecordState[]>((resolve) => {
    const stop = office.ben.replica.observeList({ kind }, (list) => {
      if (list.state !== 'ready') return;
      queueMicrotask(() => stop());
      resolve(list.rows.map((row) => row.record));
    });
  });
  const byId = (records: readonly RecordState[]) => new Map(records.map((one) => [one.id, one]));
  return { theirs: byId(theirs), mine: byId(mine) };
}

it('after any change of rights the replica holds what the server would send, no more and no less', async () => {
  const random = createSeededRandom(4711);
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random.fraction() * values.length)]!;
  const some = <Value>(values: readonly Value[]): Value[] => values.filter(() => random.fraction() < 0.35);
  const office = await openOffice();
  for (let count = 0; count < 12; count += 1) {
    const tenantId = pick(tenants);
    const { replica } = pick([office.ada, office.ben]);
    const flag = { key: `flag_${count}`, name: `Flag ${count}`, type: 'temporary' };
    const task = { title: `Task ${count}`, description: 'Words' };
    const made = count % 3 === 0 ? replica.create('flag', tenantId, flag) : replica.create('task', tenantId, task);
    expect(await made).toMatchObject({ ok: true });
  }
  await office.time.advance(minute);
  let compared = 0;
  for (let round = 0; round < 60; round += 1) {
    const grants = Array.from({ length: Math.floor(random.fraction() * 4) }, (): Grant => {
      const limits = { tenants: pick(['*' as const, ['t1'], ['t1', 't2']]), fieldRules: some(rules) };
      return makeGrant(some(patterns), { role: pick(['a', 'b']), ...limits });
    });
    const person = makePrincipal(grants, { id: 'ben', name: 'ben', assignedTenants: some(['t1', 't2']) });
    office.server.setPrincipal(person);
    await office.time.advance(minute);
    for (const [collection, kind] of kinds) {
      const { theirs, mine } = await bothSides(office, collection, kind, person);
      compared += theirs.size;
      expect({ round, kind, held: mine }).toEqual({ round, kind, held: theirs });
    }
  }
  expect(compared).toBeGreaterThan(500);
  expect(inboxOf(office.ben)).toEqual([]);
  expect(office.ben.replica.status().repairs).toEqual([]);
  await Promise.all([office.ada.close(), office.ben.close()]);
});
