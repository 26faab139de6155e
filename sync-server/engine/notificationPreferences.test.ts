import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/kernel/json.ts';
import { minutes, useEngine } from '#tests/support/engineFixture.ts';
import { acme, rule, step } from '#tests/support/engineServer.ts';

describe('who wants to be told nothing of a subject', () => {
  const fixture = useEngine();
  const mute = async (id: string, subject: string) => {
    const person = await fixture.server.record(id);
    await fixture.server.save({ ...person!, body: { ...person!.body, notificationPreferences: { [subject]: 'off' } } });
  };
  const heard = async () => (await fixture.server.all('notification')).map(({ assignedTo }) => assignedTo).sort();
  const begin = async (steps: JsonObject[]) => {
    await fixture.server.save(rule('tells', steps));
    await fixture.server.send({ entityType: 'tenant', entityId: acme });
    await fixture.server.settle();
  };

  it('hears nothing of rules, whose step says so', async () => {
    await mute('staff-two', 'rules');
    await begin([step('tell', { type: 'notification', to: 'role:operations', subject: 'Look', message: '' })]);
    expect(await heard()).toEqual(['staff-one']);
    const [trace] = (await fixture.onlyRun()).body['steps'] as JsonObject[];
    expect(trace).toMatchObject({ status: 'success', output: { notified: ['staff-one'], muted: ['staff-two'] } });
  });

  it('hears nothing of approvals that wait, and what they mute is that alone', async () => {
    await mute('staff-one', 'approvals');
    await mute('staff-two', 'rules');
    const settings = { escalateAfterMinutes: 30, escalateTo: 'operations', expireAfterMinutes: 60 };
    await begin([step('ask', { type: 'approval', permission: 'approvals.approve', question: 'Go?', ...settings })]);
    await fixture.pass(30 * minutes);
    expect(await heard()).toEqual(['staff-two']);
  });
});
