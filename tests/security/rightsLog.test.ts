import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tombstoneOf } from '#shared/records/envelope.ts';
import { createDenials } from '#server/features/rights/denials.ts';
import { newTask } from '#tests/support/protocolClient.ts';
import { held, openRightsOffice } from '#tests/support/rightsOffice.ts';
import type { RightsOffice } from '#tests/support/rightsOffice.ts';

let office: RightsOffice;
beforeEach(async () => {
  office = await openRightsOffice();
  await office.hire('ann', { role: 'super_admin' });
  await office.hire('ben', { role: 'super_admin' });
  await office.hire('carl', { role: 'admin' });
  await office.hire('dora', { role: 'support' });
  // Manages people and roles, and holds little else.
  const permissions = ['roles.*', 'staff.*', 'tasks.*', 'tenants.view'];
  await office.put('role', 'grantor', { key: 'grantor', name: 'Grantor', permissions });
  await office.hire('gil', { role: 'grantor' });
});
afterEach(() => office.close());

const give = (by: string, to: string, ...roles: Parameters<typeof held>) =>
  office.edit(by, to, () => ({ body: { roles: held(...roles) } }));

describe('what is written down', () => {
  it('a role given, prolonged and taken: who, to whom, which, why, until when', async () => {
    await give(
      'ann',
      'dora',
      { role: 'support' },
      { role: 'viewer', expiresAt: '2026-12-01T00:00:00.000Z', reason: 'Audit season' },
    );
    await give(
      'ann',
      'dora',
      { role: 'support' },
      { role: 'viewer', expiresAt: '2026-12-24T00:00:00.000Z', reason: 'Takes longer' },
    );
    await office.edit('ann', 'dora', () => ({ body: { roles: held({ role: 'support' }) } }), { reason: 'Done' });
    const told = (await office.entries('permission_change')).filter((one) =>
      JSON.stringify(one['changes']).includes('roles.viewer'),
    );
    expect(
      told.map(({ actorName, resourceName, changes, reason }) => ({ actorName, resourceName, changes, reason })),
    ).toEqual([
      {
        actorName: 'ann',
        resourceName: 'dora',
        changes: [{ path: 'body.roles.viewer', new: { until: '2026-12-01T00:00:00.000Z', reason: 'Audit season' } }],
        reason: 'Audit season',
      },
      {
        actorName: 'ann',
        resourceName: 'dora',
        changes: [
          {
            path: 'body.roles.viewer',
            old: { until: '2026-12-01T00:00:00.000Z', reason: 'Audit season' },
            new: { until: '2026-12-24T00:00:00.000Z', reason: 'Takes longer' },
          },
        ],
        reason: 'Takes longer',
      },
      {
        actorName: 'ann',
        resourceName: 'dora',
        changes: [{ path: 'body.roles.viewer', old: { until: '2026-12-24T00:00:00.000Z', reason: 'Takes longer' } }],
        reason: 'Done',
      },
    ]);
  });

  it('a refusal: once, with the others of that minute counted, and no id of what may not be known', async () => {
    const task = newTask('Not theirs').doc;
    await office.put('task', task.id, { title: 'x' }, { status: task.status, createdBy: 'ann' });
    for (let count = 0; count < 40; count += 1) await office.push('dora', { ...task, version: 2 }, 1);
    await office.push('dora', tombstoneOf(await office.record('dora'), 2), 1);
    const told = await office.entries('denied');
    expect(told.map(({ resource, resourceId, changes }) => ({ resource, resourceId, changes }))).toEqual([
      { resource: 'task', resourceId: '', changes: [{ path: 'permission', new: 'tasks.edit' }] },
      { resource: 'staff', resourceId: 'dora', changes: [{ path: 'permission', new: 'staff.delete' }] },
    ]);
    office.pass(60_000);
    expect(office.watch.denials.take(false)).toMatchObject([{ denial: { permission: 'tasks.edit' }, count: 39 }]);
  });

  it('a flood of refusals of many kinds stays two entries a minute for each kind', () => {
    let now = 0;
    const denials = createDenials(() => now);
    const denial = (permission: string) => ({ actor: { id: 'm' }, permission, resource: 'task' });
    let written = 0;
    for (let minute = 0; minute < 3; minute += 1, now += 60_000) {
      for (let each = 0; each < 1000; each += 1)
        for (const verb of ['edit', 'delete']) if (denials.isFirst(denial(`tasks.${verb}`))) written += 1;
      now += 60_000;
      written += denials.take(false).length;
    }
    expect(written).toBe(3 * 2 * 2);
  });

  it('how rights are used, by day, and what was kept before is added to', async () => {
    const flush = () => office.watch.uses.flush((work) => office.core.write(1, work));
    const make = (title: string) => {
      const { doc } = newTask(title);
      return office.push('dora', { ...doc, createdBy: 'dora' }, 0);
    };
    await make('One');
    await make('Two');
    await flush();
    await make('Three');
    await office.edit('dora', 'dora', () => ({ body: { displayName: 'Dora' } }));
    await flush();
    office.pass(24 * 3600 * 1000);
    await office.core.pull(office.principal('dora'), { collection: 'runs', checkpoint: null, limit: 100 });
    await flush();
    const base = { staffId: 'dora', tenantId: '' };
    const all = await office.watch.uses.list({ since: undefined, before: undefined, limit: 100 });
    expect(all.before).toBeNull();
    expect(all.uses).toEqual([
      { ...base, permission: 'tasks.view', own: true, day: '2026-11-22', allowed: 1, denied: 0 },
      { ...base, permission: 'staff.edit', own: false, day: '2026-11-21', allowed: 0, denied: 1 },
      { ...base, permission: 'tasks.create', own: true, day: '2026-11-21', allowed: 3, denied: 0 },
    ]);
    const paged = [];
    let before: string | undefined;
    do {
      const page = await office.watch.uses.list({ since: undefined, before, limit: 1 });
      paged.push(...page.uses);
      before = page.before ?? undefined;
    } while (before !== undefined);
    expect(paged).toEqual(all.uses);
    office.pass(95 * 24 * 3600 * 1000);
    expect((await office.watch.uses.list({ since: undefined, before: undefined, limit: 10 })).uses).toEqual([]);
  });
});
