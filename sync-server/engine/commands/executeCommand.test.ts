import { describe, expect, it } from 'vitest';
import { minutes, useEngine } from '#tests/support/engineFixture.ts';
import { acme, mail, rule, step } from '#tests/support/engineServer.ts';
import type { EffectOutcome } from '../effects.ts';

describe('commands', () => {
  let refuses = false;
  const fixture = useEngine({
    runsPerMinute: 100,
    answer: (): EffectOutcome =>
      refuses
        ? { ok: false, error: 'the mail server is away', retriable: false }
        : { ok: true, output: { taken: true } },
  });
  const give = async (type: string, args: object, by?: string) => {
    const id = await fixture.server.command(type, args as never, by);
    await fixture.server.settle();
    return fixture.server.record(id);
  };
  const orders = async () =>
    (await fixture.server.all('event')).filter(({ body }) => body['code'] === 'order.placed').map(({ id }) => id);

  it('retryRuns goes on from the failed step and repeats none before it', async () => {
    const { server } = fixture;
    await server.save(rule('two', [mail('first'), mail('second', { subject: 'Again' })]));
    refuses = false;
    await server.send({});
    await server.settle();
    refuses = true;
    await server.send({});
    await server.settle();
    const failed = (await fixture.runs()).find(({ status }) => status === 'failed');
    expect(failed?.body).toMatchObject({
      error: 'the mail server is away',
      endedAt: new Date(fixture.time.now).toISOString(),
    });
    refuses = false;
    server.seen.length = 0;
    const command = await give('retryRuns', { runIds: [failed?.id, 'nowhere'] });
    expect(command).toMatchObject({
      status: 'done',
      body: { progress: 100, result: { done: 1, refused: 1, total: 2 } },
    });
    expect((await server.record(failed?.id ?? ''))?.status).toBe('success');
    expect(server.seen.map(({ key }) => key)).toEqual([`${failed?.id}:first`, `${failed?.id}:second`]);
  });

  it('replayEvents repeats nothing that succeeded, goes on with what failed, and repeats all when asked (E18)', async () => {
    const { server } = fixture;
    await server.save(rule('good', [mail('mail')]));
    refuses = false;
    await server.send({ data: { amount: 1 } }, { data: { amount: 2 } });
    await server.settle();
    await server.save(
      rule('late', [step('tell', { type: 'notification', to: 'role:operations', subject: 'x', message: '' })]),
    );
    const eventIds = await orders();
    const estimate = await give('replayEvents', { eventIds, estimateOnly: true });
    expect(estimate?.body['result']).toMatchObject({ total: 2, runs: 2 });
    expect(await fixture.runs()).toHaveLength(2);
    const replayed = await give('replayEvents', { eventIds });
    expect(replayed).toMatchObject({ status: 'done', body: { result: { total: 2, done: 2, runs: 2 } } });
    expect(await fixture.runs()).toHaveLength(4);
    expect(server.seen).toHaveLength(2);
    expect((await give('replayEvents', { eventIds }))?.body['result']).toMatchObject({ done: 0, skipped: 2 });
    await give('replayEvents', { eventIds, ruleId: 'rule-good', repeat: true });
    expect(server.seen).toHaveLength(4);
    expect(new Set(server.seen.map(({ key }) => key)).size).toBe(4);
    expect((await fixture.runs()).filter(({ body }) => body['origin'] === 'replay')).toHaveLength(4);
  });

  it('replayEvents takes a stretch of time, in pieces, and waits for the share of the tenant', async () => {
    const { server } = fixture;
    refuses = false;
    await server.send(...Array.from({ length: 150 }, () => ({})));
    await server.settle();
    await server.save(rule('new', [mail('mail')]));
    const from = new Date(fixture.time.now - 1000).toISOString();
    const to = new Date(fixture.time.now + 1000).toISOString();
    const id = await server.command('replayEvents', { from, to, pattern: 'shop.**' });
    await server.settle();
    expect((await server.record(id))?.status).toBe('running');
    expect(await fixture.runs()).toHaveLength(100);
    await fixture.pass(minutes);
    expect(await server.record(id)).toMatchObject({ status: 'done', body: { result: { total: 150, done: 150 } } });
    expect(await fixture.runs()).toHaveLength(150);
  });

  it('a command that is aborted stops between two pieces and tells what was done (E17)', async () => {
    const { server } = fixture;
    await server.send(...Array.from({ length: 150 }, () => ({})));
    await server.settle();
    await server.save(rule('new', [mail('mail')]));
    const id = await server.command('replayEvents', { eventIds: await orders() });
    await server.settle();
    const running = await server.record(id);
    await server.push('runs', { ...running!, status: 'aborted' });
    await fixture.pass(minutes);
    expect(await server.record(id)).toMatchObject({ status: 'aborted', body: { result: { done: 100 } } });
    expect(await fixture.runs()).toHaveLength(100);
  });

  it('a refusal quotes what was given, but not at any length', async () => {
    const { server } = fixture;
    const type = await server.record('type-shop.order.placed');
    await server.save({
      ...type!,
      body: { ...type!.body, dataSchema: { type: 'object', additionalProperties: false } },
    });
    await server.save(rule('any', [mail('mail')]));
    await server.send(...Array.from({ length: 102 }, () => ({})));
    await server.settle();
    const event = (await server.all('event')).find(({ status }) => status === 'failed');
    const refused = await give('editEvent', { eventId: event?.id, data: { ['k'.repeat(5000)]: true } });
    expect(refused?.status).toBe('refused');
    const problem = String(refused?.body['problem']);
    expect(problem).toMatch(/^'data\.k+$/);
    expect(problem).toHaveLength(2000);
    expect(refused?.body['result']).toMatchObject({ problems: [{ id: event?.id, message: problem }] });
  });

  it('editEvent and ignoreEvents settle events that failed', async () => {
    const { server } = fixture;
    await server.save(rule('any', [mail('mail')]));
    refuses = false;
    await server.send(...Array.from({ length: 102 }, () => ({})));
    await server.settle();
    const [one, two] = (await server.all('event')).filter(({ status }) => status === 'failed');
    await fixture.pass(minutes);
    const bad = await give('editEvent', { eventId: one?.id, data: { amount: -1 } });
    expect(bad?.status).toBe('refused');
    expect(bad?.body['problem']).toContain('data.amount');
    expect(await give('editEvent', { eventId: one?.id, data: { amount: 5 } })).toMatchObject({ status: 'done' });
    expect(await server.record(one?.id ?? '')).toMatchObject({
      status: 'processed',
      body: { data: { amount: 5 }, about: [{ kind: '*', tenantId: '' }] },
    });
    expect(await give('ignoreEvents', { eventIds: [two?.id], reason: 'a test' })).toMatchObject({ status: 'done' });
    expect((await server.record(two?.id ?? ''))?.status).toBe('ignored');
    const audit = (await server.all('auditEntry')).filter(({ body }) => body['resourceId'] === two?.id);
    expect(audit).toMatchObject([{ body: { actorName: 'Ada', reason: 'a test', action: 'transition' } }]);
  });

  it('runRule runs a rule now, for a record, also when it is not active', async () => {
    const { server } = fixture;
    refuses = false;
    const manual = rule('manual', [mail('mail', { template: '{{ record.name }} {{ event.data.note }}' })], {
      trigger: { type: 'manual' },
      isActive: false,
    });
    await server.save(manual);
    const command = await give('runRule', {
      ruleId: manual.id,
      recordKind: 'tenant',
      recordId: acme,
      data: { note: 'now' },
    });
    expect(command).toMatchObject({ status: 'done', body: { result: { runs: 1 } } });
    expect(server.seen).toMatchObject([{ request: { body: 'Acme now' } }]);
    expect(await fixture.onlyRun()).toMatchObject({ status: 'success', body: { origin: 'manual', entityId: acme } });
  });

  it('a paused rule keeps what it skips; it is run later, or discarded (E7)', async () => {
    const { server } = fixture;
    refuses = false;
    const paused = rule('paused', [mail('mail')]);
    await server.save(paused);
    await server.save({ ...paused, body: { ...paused.body, isActive: false } });
    expect((await server.record(paused.id))?.body['pausedAt']).toBe(new Date(fixture.time.now).toISOString());
    await server.send({}, {}, {});
    await server.settle();
    expect(server.seen).toHaveLength(0);
    await fixture.restart();
    expect((await fixture.server.record(paused.id))?.body).toMatchObject({ skippedCount: 3, revision: 2 });
    expect(await give('runSkipped', { ruleId: paused.id })).toMatchObject({
      status: 'done',
      body: { result: { runs: 3 } },
    });
    expect(fixture.server.seen).toHaveLength(3);
    expect((await fixture.runs()).map(({ body }) => body['origin'])).toEqual(['skipped', 'skipped', 'skipped']);
    await fixture.server.send({});
    await fixture.server.settle();
    expect(await give('discardSkipped', { ruleId: paused.id })).toMatchObject({ body: { result: { done: 1 } } });
    expect(await give('runSkipped', { ruleId: paused.id })).toMatchObject({
      status: 'done',
      body: { result: { total: 0 } },
    });
  });

  it.each([
    ['fly', {}, 'refused', "cannot carry out 'fly'"],
    ['retryRuns', { runIds: [] }, 'refused', "runIds'"],
    ['runRule', { ruleId: 'nowhere' }, 'refused', "no rule 'nowhere'"],
  ])('%s with %j is %s', async (type, args, status, problem) => {
    const command = await give(type, args);
    expect(command?.status).toBe(status);
    expect(command?.body['problem']).toContain(problem);
  });

  it('stays as it was given: nobody puts their words under the rights of its giver (E14)', async () => {
    const { server } = fixture;
    await server.save(rule('any', [mail('mail')]));
    const id = await server.command('runRule', { ruleId: 'nowhere' });
    await server.settle();
    const command = await server.record(id);
    const other = { ...command!, body: { ...command!.body, args: { ruleId: 'rule-any' } } };
    await expect(server.push('runs', other, '', 'staff-approver')).rejects.toThrow('stays as it was given');
  });

  it('of a person without the permission is refused, whatever it names', async () => {
    const { server } = fixture;
    await server.save(rule('any', [mail('mail')]));
    const command = await give('runRule', { ruleId: 'rule-any' }, 'staff-viewer');
    expect(command).toMatchObject({ status: 'refused' });
    expect(command?.body['problem']).toContain("'automation.edit'");
    expect((await give('runRule', { ruleId: 'rule-any' }, 'staff-gone'))?.status).toBe('refused');
    expect(server.seen).toHaveLength(0);
  });

  it('runRule is refused to who may not do what the steps of the rule do', async () => {
    const { server } = fixture;
    const settings = { kind: 'flag', id: 'f1', field: 'enabled', value: true };
    const turn = step('turn', { type: 'action', action: 'update_field', settings });
    await server.save(rule('turns', [turn], { trigger: { type: 'manual' }, isActive: false }));
    const command = await give('runRule', { ruleId: 'rule-turns' }, 'staff-author');
    expect(command).toMatchObject({ status: 'refused' });
    expect(command?.body['problem']).toContain("'flags.edit'");
    expect(await fixture.runs()).toHaveLength(0);
  });
});
