import { expect, it } from 'vitest';
import type { Principal } from '#shared/domain/access/principal.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import { openRightsOffice } from '#tests/support/rightsOffice.ts';
import { makeGrant, makePrincipal } from '#tests/support/sampleResource.ts';
import { createJobHandlers } from './jobHandlers.ts';

it('tells the new assignee the title of a record only where they may read it', async () => {
  const office = await openRightsOffice();
  await office.put('task', 'task-1', { title: 'Mend the gate' }, { status: 'open', assignedTo: 'ada' });
  const hidden = { fieldRules: [{ resource: 'tasks', field: 'title', access: 'hidden' as const }] };
  const people: Record<string, Principal | undefined> = {
    reads: makePrincipal([makeGrant(['tasks.view'])], { id: 'ada' }),
    readsNoTitles: makePrincipal([makeGrant(['tasks.view'], hidden)], { id: 'ada' }),
    readsNothing: makePrincipal([], { id: 'ada' }),
    gone: undefined,
  };
  for (const [id, person] of Object.entries(people)) {
    const { notifyAssignee } = createJobHandlers(office.core, office.now, () => person);
    const payload = { recordId: 'task-1', assignedTo: 'ada', by: 'Ben' };
    const job = { id, type: 'notifyAssignee', tenantId: '', payload, dueAt: 0, attempts: 1, priority: 0, token: 't' };
    await notifyAssignee?.(job);
  }
  const told = await office.store.recordsOfKind('notification');
  expect(Object.fromEntries(told.map((one) => [one.id, isTombstone(one) ? undefined : one.body['subject']]))).toEqual({
    reads: 'Ben: Mend the gate',
    readsNoTitles: 'Ben',
    readsNothing: 'Ben',
    gone: 'Ben',
  });
  await office.close();
});

it('tells nobody who wants to hear nothing of what is handed to them', async () => {
  const office = await openRightsOffice();
  await office.put('task', 'task-1', { title: 'Mend the gate' }, { status: 'open', assignedTo: 'ada' });
  const person = { email: 'ada@steward.example', displayName: 'Ada' };
  const { notifyAssignee } = createJobHandlers(office.core, office.now, () => undefined);
  for (const [id, notificationPreferences] of [
    ['muted', { assignments: 'off' }],
    ['told', { assignments: 'app', rules: 'off' }],
  ] as const) {
    await office.put('staff', 'ada', { ...person, notificationPreferences }, { status: 'active' });
    const payload = { recordId: 'task-1', assignedTo: 'ada', by: 'Ben' };
    const job = { id, type: 'notifyAssignee', tenantId: '', payload, dueAt: 0, attempts: 1, priority: 0, token: 't' };
    await notifyAssignee?.(job);
  }
  expect((await office.store.recordsOfKind('notification')).map(({ id }) => id)).toEqual(['told']);
  await office.close();
});
