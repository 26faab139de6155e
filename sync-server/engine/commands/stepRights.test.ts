import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/kernel/json.ts';
import { useEngine } from '#tests/support/engineFixture.ts';
import { makeGrant, makePrincipal } from '#tests/support/sampleResource.ts';
import { acme, mail, newRecord, rule, step } from '#tests/support/engineServer.ts';

const action = (id: string, name: string, settings: JsonObject) => step(id, { type: 'action', action: name, settings });
const turn = action('turn', 'update_field', { kind: 'flag', id: 'flag-one', field: 'enabled', value: true });
const rename = action('rename', 'update_field', { kind: 'tenant', id: acme, field: 'name', value: 'Acme Ltd' });

describe('whoever has steps run again', () => {
  let refuses = true;
  const fixture = useEngine({
    answer: () => (refuses ? { ok: false, error: 'away', retriable: false } : { ok: true, output: {} }),
  });
  const give = async (type: string, args: object, by: string, proved = true) => {
    const id = await fixture.server.command(type, args as never, by, proved);
    await fixture.server.settle();
    return fixture.server.record(id);
  };
  const fail = async (...steps: JsonObject[]) => {
    refuses = true;
    await fixture.server.save(rule('renames', [mail('mail'), ...steps]));
    await fixture.server.send({});
    await fixture.server.settle();
    refuses = false;
    return fixture.onlyRun();
  };
  const needs = (permission: string) => ({ status: 'refused', body: { problem: expect.stringContaining(permission) } });

  it('retries a run only with what the steps it began with need', async () => {
    const run = await fail(rename);
    expect(await give('retryRuns', { runIds: [run.id] }, 'staff-repairer')).toMatchObject(needs("'tenants.edit'"));
    expect((await fixture.server.record(run.id))?.status).toBe('failed');
    // What the rule does by now is another matter.
    await fixture.server.save(rule('renames', [mail('mail')]));
    expect(await give('retryRuns', { runIds: [run.id] }, 'staff-repairer')).toMatchObject(needs("'tenants.edit'"));
    expect(await give('retryRuns', { runIds: [run.id] }, 'staff-admin')).toMatchObject({ status: 'done' });
    expect((await fixture.server.record(acme))?.body['name']).toBe('Acme Ltd');
  });

  it('replays, retries and edits an event only with what the rules that listen need, a run that waits for it included', async () => {
    const run = await fail(rename);
    const eventId = String(run.body['eventId']);
    expect(await give('replayEvents', { eventIds: [eventId] }, 'staff-repairer')).toMatchObject(
      needs("'tenants.edit'"),
    );
    const again = { eventIds: [eventId], repeat: true };
    expect(await give('replayEvents', again, 'staff-repairer')).toMatchObject(needs("'tenants.edit'"));
    const failed = newRecord(
      'event',
      acme,
      { ...(await fixture.server.record(eventId))!.body, failure: 'quota', error: 'x' },
      fixture.time.now,
      { id: 'event-failed', status: 'failed' },
    );
    await fixture.server.save(failed);
    const events = { eventIds: ['event-failed'] };
    expect(await give('retryEvents', events, 'staff-repairer')).toMatchObject(needs("'tenants.edit'"));
    const edit = { eventId: 'event-failed', data: { amount: 3 } };
    expect(await give('editEvent', edit, 'staff-repairer')).toMatchObject(needs("'tenants.edit'"));
    expect((await fixture.server.record('event-failed'))?.status).toBe('failed');
    await fixture.server.save({
      ...rule('renames', [mail('mail'), rename]),
      body: { ...rule('renames', []).body, isActive: false },
    });
    const wait = step('wait', {
      type: 'wait',
      until: { for: 'event', pattern: 'shop.order.placed', timeoutMinutes: 60 },
    });
    await fixture.server.save(rule('waits', [wait, rename], { trigger: { type: 'event', pattern: 'shop.ping' } }));
    await fixture.server.send({ code: 'ping' });
    await fixture.server.settle();
    expect(await give('retryEvents', events, 'staff-repairer')).toMatchObject(needs("'tenants.edit'"));
    expect(await give('retryEvents', events, 'staff-admin')).toMatchObject({ status: 'done' });
    expect((await fixture.server.record(acme))?.body['name']).toBe('Acme Ltd');
  });

  it('takes up what a paused rule kept only with what its steps need', async () => {
    const keeps = rule('keeps', [rename]);
    await fixture.server.save(keeps);
    await fixture.server.save({ ...keeps, body: { ...keeps.body, isActive: false } });
    await fixture.server.send({});
    await fixture.server.settle();
    const given = await give('runSkipped', { ruleId: 'rule-keeps' }, 'staff-author');
    expect(given).toMatchObject(needs("'tenants.edit'"));
    expect(await fixture.runs()).toEqual([]);
    expect(await give('runSkipped', { ruleId: 'rule-keeps' }, 'staff-admin')).toMatchObject({ status: 'done' });
  });

  it('does what is dangerous only by order of somebody who had proved who they are', async () => {
    const run = await fail(turn);
    const asked = await give('retryRuns', { runIds: [run.id] }, 'staff-admin', false);
    expect(asked).toMatchObject(needs("'flags.edit'"));
    expect(asked?.body['problem']).toContain('asks again who you are');
    expect(await give('retryRuns', { runIds: [run.id] }, 'staff-admin')).toMatchObject({ status: 'done' });
    expect(await fixture.store.entriesOf('commandProof', { limit: 10 })).toEqual([]);
  });

  it('has a job that was given up process its events again only with what the rules that listen need', async () => {
    const run = await fail(rename, turn);
    const payload = { eventIds: ['event-gone', String(run.body['eventId'])] };
    const job = { type: 'processEvents', payload };
    const asked = (permissions: string[], proved: boolean, type = job.type) =>
      fixture.server.engine.mayNotDoAgain(
        { ...job, type },
        { principal: makePrincipal([makeGrant(permissions)]), proved },
      );
    const missing = { because: 'missing', permission: 'tenants.edit' };
    expect(await asked(['runs.edit', 'events.*'], true)).toEqual(missing);
    const all = ['runs.edit', 'tenants.*', 'flags.*'];
    expect(await asked(all, false)).toEqual({ because: 'unproved', permission: 'flags.edit' });
    expect(await asked(all, true)).toBeUndefined();
    expect(await asked(['runs.edit'], true, 'advanceRun')).toBeUndefined();
  });

  it('cannot write anew an event of which something is kept from them', async () => {
    const body = { module: 'shop', code: 'ping', source: 'lifecycle', entityType: 'member', data: { mail: 'ada' } };
    const whole = { ...body, failure: 'schema', error: 'x', occurredAt: new Date(fixture.time.now).toISOString() };
    await fixture.server.save(
      newRecord('event', acme, whole, fixture.time.now, { id: 'event-hidden', status: 'failed' }),
    );
    const edit = { eventId: 'event-hidden', data: {} };
    expect(await give('editEvent', edit, 'staff-repairer')).toMatchObject(needs('kept from you'));
    expect((await fixture.server.record('event-hidden'))?.body['data']).toEqual({ mail: 'ada' });
  });
});
