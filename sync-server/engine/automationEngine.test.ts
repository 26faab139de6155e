import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import type { SyncStore } from '#server/storage/store.ts';
import { acme, closeEvaluator, mail, rule, startEngineServer, step, worldOf } from '#tests/support/engineServer.ts';
import type { EngineServer } from '#tests/support/engineServer.ts';

describe('an event and what rules make of it', () => {
  const time = { now: Date.parse('2026-03-01T08:00:00.000Z') };
  let store: SyncStore;
  let server: EngineServer;
  beforeEach(async () => {
    store = openSqliteStore(':memory:', () => time.now);
    server = await startEngineServer({ store, time });
    for (const record of worldOf(time.now)) await server.save(record);
    await server.settle();
  });
  afterEach(async () => {
    await server.stop();
    await store.close();
  });
  afterAll(closeEvaluator);

  it('sends a mail, keeps the trace, and marks the event as processed', async () => {
    await server.save(rule('greet', [mail('mail')]));
    const [outcome] = await server.send({ data: { amount: 7 } });
    await server.settle();
    expect(server.faults).toEqual([]);
    const event = await server.record(outcome?.status === 'refused' ? '' : (outcome?.id ?? ''));
    expect(event).toMatchObject({ status: 'processed', body: { matched: 1, attempts: 1 } });
    const [run] = await server.all('run');
    expect(run).toMatchObject({ status: 'success', tenantId: acme, body: { ruleName: 'greet', eventId: event?.id } });
    expect(run?.body['steps']).toMatchObject([{ stepId: 'mail', status: 'success', attempts: 1 }]);
    expect(server.seen).toMatchObject([{ type: 'email', request: { body: 'Order 7' }, key: `${run?.id}:mail` }]);
  });

  it('changes, tags, assigns, creates and tells, each with an audit entry of the rule', async () => {
    const steps = [
      step('tag', { type: 'action', action: 'add_tag', settings: { tag: 'buyer' } }),
      step('plan', { type: 'action', action: 'update_field', settings: { field: 'plan', value: 'professional' } }),
      step('task', {
        type: 'action',
        action: 'create_task',
        settings: { title: 'Call {{ tenant.name }}', role: 'operations' },
      }),
      step('tell', {
        type: 'notification',
        to: 'role:operations',
        subject: 'Order',
        message: 'of {{ event.data.amount }}',
      }),
    ];
    await server.save(rule('serve', steps));
    await server.send({ entityType: 'tenant', entityId: acme, data: { amount: 7 } });
    await server.settle();
    const [run] = await server.all('run');
    expect(run?.body['error']).toBe('');
    expect(run?.status).toBe('success');
    expect((await server.record(acme))?.body).toMatchObject({ plan: 'professional', tags: ['buyer'] });
    expect(await server.all('task')).toMatchObject([{ assignedTo: 'staff-one', body: { title: 'Call Acme' } }]);
    const told = (await server.all('notification')).filter(({ body }) => body['subject'] === 'Order');
    expect(told.map(({ assignedTo }) => assignedTo).sort()).toEqual(['staff-one', 'staff-two']);
    const audit = (await server.all('auditEntry')).filter(({ body }) => body['actorName'] === 'rule: serve');
    expect(audit.map(({ body }) => String(body['resource'])).sort()).toEqual(
      ['notification', 'notification', 'run', 'task', 'tenant', 'tenant'].sort(),
    );
  });
});
