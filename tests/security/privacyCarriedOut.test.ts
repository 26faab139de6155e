import { describe, expect, it } from 'vitest';
import { isTombstone, tombstoneOf } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { requireResource } from '#shared/resources/registry.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { ComplianceCheck } from '#shared/protocol/privacy.ts';
import { createCarryOut } from '#server/features/privacy/carryOut.ts';
import { runComplianceChecks } from '#server/features/privacy/complianceChecks.ts';
import type { PrivacySources } from '#server/features/privacy/ports.ts';
import { proofArea, stateArea } from '#server/features/privacy/requestState.ts';
import { searchFor } from '#server/features/privacy/requestSubject.ts';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import { createSyncCore } from '#server/sync/syncCore.ts';
import { ids } from '#tests/support/privacyOffice.ts';
import { recordFrom, recordTemplates } from '#tests/support/recordTemplates.ts';

const start = Date.parse('2026-11-21T10:00:00.000Z');
const hour = 3_600_000;
const person = { email: 'zoe.quill@planted.example', name: 'Zoë Quill' };
const lastAttempt = 7;

/** A store with a member, a staff person without sessions, a payout and a task that knows only the name; and a request. */
async function open() {
  let now = start;
  const clock = () => now;
  const store = openSqliteStore(':memory:', clock);
  const core = createSyncCore({ store, clock, ids });
  const templates = recordTemplates(start);
  const make = (kind: string, body: JsonObject, tenantId = '') => {
    const resource = requireResource(kind);
    const at = new Date(start).toISOString();
    return recordFrom(templates, resource, ids, { tenantId, createdAt: at, updatedAt: at, body });
  };
  const tenant = make('tenant', {});
  tenant.tenantId = tenant.id;
  const member = make('member', { name: person.name, email: person.email }, tenant.id);
  const employee = make('staff', { displayName: person.name, email: 'other@planted.example' });
  const payout = make('payout', { recipientName: person.name, recipientEmail: person.email }, tenant.id);
  const task = make('task', { description: `Call ${person.name} back` }, tenant.id);
  const request = make('privacyRequest', {
    type: 'erase',
    subjectEmail: person.email,
    subjectName: '',
    subjectRecords: [`staff:${employee.id}`],
  });
  request.status = 'received';
  await core.write(10, async (batch) => {
    for (const record of [tenant, member, employee, payout, task, request]) batch.append(record);
    batch.also((next) => next.putCredential({ staffId: employee.id, secret: 'hash' }));
  });
  const get = async (id: string) => (await store.getRecords([id])).get(id);
  const living = async (id: string): Promise<RecordEnvelope> => {
    const record = await get(id);
    if (!record || isTombstone(record)) throw new Error('the record is gone');
    return record;
  };
  const move = (status: string, body: JsonObject = {}) =>
    core.write(1, async (batch) => {
      await batch.load([request.id]);
      const before = batch.get(request.id);
      if (!before || isTombstone(before)) throw new Error('the request is gone');
      batch.rewrite({ ...before, status, version: before.version + 1, body: { ...before.body, ...body } });
    });
  const state = async () => (await store.getEntries(stateArea, [request.id])).get(request.id) as JsonObject | undefined;
  const run = async (changes: Partial<PrivacySources> = {}) => {
    const carryOut = createCarryOut({ store, write: core.write, clock, serverId: 'server', ...changes });
    const job = { payload: { requestId: request.id }, attempts: lastAttempt };
    await carryOut(job, { signal: new AbortController().signal }).catch(() => undefined);
    return living(request.id);
  };
  return {
    store,
    core,
    make,
    get,
    living,
    move,
    state,
    run,
    clock,
    tenant,
    member,
    employee,
    payout,
    task,
    request,
    pass: (milliseconds: number) => (now += milliseconds),
  };
}
type Office = Awaited<ReturnType<typeof open>>;

/** Runs it until the first part of everything is changed, and breaks it there. */
function runHalf(office: Office): Promise<RecordEnvelope> {
  let broken = false;
  return office.run({
    write: async (rows, work) => {
      const state = await office.state();
      if (!broken && state?.['stage'] === 'change' && (state['cursor'] as JsonObject)['collection'] === 1) {
        broken = true;
        throw new Error('broken');
      }
      return office.core.write(rows, work);
    },
  });
}

describe('a request that failed', () => {
  it('half-way still knows the whole person when it is approved again, and what it did counts', async () => {
    const office = await open();
    await office.move('approved');
    expect((await runHalf(office)).status).toBe('failed');
    expect(isTombstone((await office.get(office.member.id)) ?? office.member)).toBe(true);
    expect(JSON.stringify(await office.living(office.task.id))).toContain(person.name);
    // The staff record is not named any more; what is left of the person is a name that only the state knows.
    await office.move('approved', { subjectRecords: [] });
    const done = await office.run();
    expect(done.body['problem']).toBe('');
    expect(done.status).toBe('done');
    expect(JSON.stringify(await office.living(office.task.id))).not.toContain(person.name);
    expect(done.body['touched']).toEqual(
      expect.arrayContaining([
        { kind: 'member', count: 1, done: 1 },
        { kind: 'task', count: 1, done: 1 },
      ]),
    );
    expect(await office.state()).toBeUndefined();
    const proof = (await office.store.getEntries(proofArea, [office.request.id])).get(office.request.id);
    expect(Object.keys((proof as { sums: { before: JsonObject } }).sums.before)).not.toEqual([]);
    await office.store.close();
  });

  it('half-way forgets what it knew when it is refused', async () => {
    const office = await open();
    await office.move('approved');
    await runHalf(office);
    expect(await office.state()).toBeDefined();
    await office.move('refused');
    await office.run();
    expect(await office.state()).toBeUndefined();
    await office.store.close();
  });

  it('at cleaning the disk goes on there', async () => {
    const office = await open();
    await office.move('approved');
    const scrub = async () => {
      throw new Error('disk full');
    };
    const failed = await office.run({ store: { ...office.store, scrub } });
    expect(failed.status).toBe('failed');
    expect(failed.body).toMatchObject({ subjectEmail: '', subjectRecords: [] });
    await office.move('approved');
    const done = await office.run();
    expect(done.body['problem']).toBe('');
    expect(done.status).toBe('done');
    expect(done.body['touched']).toContainEqual({ kind: 'member', count: 1, done: 1 });
    await office.store.close();
  });

  it('before anything was changed searches for whom it names then', async () => {
    const office = await open();
    const hold = office.make('legalHold', { name: 'Dispute', reason: 'Court', subjectId: '', from: '', until: '' });
    hold.status = 'active';
    await office.core.write(1, async (batch) => batch.append(hold));
    await office.move('approved');
    expect((await office.run()).status).toBe('failed');
    expect(await office.state()).toBeUndefined();
    await office.store.close();
  });
});

describe('a request that is under way', () => {
  it('does what was approved, whatever its record says since', async () => {
    const office = await open();
    await office.move('approved');
    let changed = false;
    await office.run({
      write: async (rows, work) => {
        if (!changed && (await office.state())) {
          changed = true;
          await office.move('running', { type: 'export' });
        }
        return office.core.write(rows, work);
      },
    });
    expect(isTombstone((await office.get(office.member.id)) ?? office.member)).toBe(true);
    const proof = (await office.store.getEntries(proofArea, [office.request.id])).get(office.request.id);
    expect(proof).toMatchObject({ requestType: 'erase' });
    await office.store.close();
  });

  it('removes the password of who never signed in', async () => {
    const office = await open();
    await office.move('approved');
    expect((await office.run()).status).toBe('done');
    expect(await office.store.getCredential(office.employee.id)).toBeUndefined();
    await office.store.close();
  });

  it('takes no record for the person that is of another kind, whatever the request calls it', async () => {
    const office = await open();
    const named = [`tenant:${office.tenant.id}`, `member:${office.task.id}`, `member:${office.member.id}`];
    const { spec } = await searchFor(office.store, {
      subjectEmail: '',
      subjectName: '',
      subjectRecords: named,
      tenantId: '',
    });
    expect(spec.records).toEqual([`member:${office.member.id}`]);
    await office.move('approved', { subjectRecords: named });
    expect((await office.run()).status).toBe('done');
    expect(isTombstone(await office.living(office.tenant.id))).toBe(false);
    expect(isTombstone(await office.living(office.task.id))).toBe(false);
    await office.store.close();
  });
});

describe('heads of the audit log', () => {
  it('have a day from the first unsigned entry on; those of tenants that are gone are looked at too', async () => {
    const office = await open();
    const write = () =>
      office.core.write(1, async (batch) => {
        await batch.load([office.tenant.id]);
        const tenant = batch.get(office.tenant.id);
        if (!tenant || isTombstone(tenant)) throw new Error('the tenant is gone');
        const after = { ...tenant, version: tenant.version + 1, updatedAt: new Date(office.clock()).toISOString() };
        after.body = { ...tenant.body, name: `Version ${after.version}` };
        await batch.write({ after, actor: { id: 's', name: 's' }, reason: '', madeAt: '', requestId: '' });
      });
    const unsigned = async (check: ComplianceCheck = 'unsigned_heads') => {
      const { store, clock } = office;
      const { checks } = await runComplianceChecks({ store, clock, folder: '', isExposed: async () => false });
      return checks.find((one) => one.check === check)?.findings.map(({ id }) => id) ?? [];
    };
    await write();
    expect(await unsigned()).toEqual([]);
    const [end] = await office.store.allChainHeads(undefined, 1);
    if (!end) throw new Error('there is no chain');
    const signedAt = new Date(office.clock()).toISOString();
    const head = office.make('auditHead', { number: end.number, hash: end.hash, signedAt }, end.tenantId);
    await office.core.write(1, async (batch) => batch.append(head));
    office.pass(72 * hour);
    await write();
    expect(await unsigned()).toEqual([]);
    office.pass(25 * hour);
    expect(await unsigned()).toEqual([end.tenantId]);
    await office.core.write(1, async (batch) => {
      await batch.load([office.tenant.id]);
      const tenant = batch.get(office.tenant.id);
      if (tenant && !isTombstone(tenant)) batch.rewrite(tombstoneOf(tenant, tenant.version + 1));
    });
    expect(await unsigned()).toEqual([end.tenantId]);
    await office.store.close();
  });
});
