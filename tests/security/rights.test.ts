import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tombstoneOf } from '#shared/records/envelope.ts';
import { newTask } from '#tests/support/protocolClient.ts';
import { held, openRightsOffice, refusals } from '#tests/support/rightsOffice.ts';
import type { RightsOffice } from '#tests/support/rightsOffice.ts';

const forbidden = ['forbidden'];
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

describe('who gives rights', () => {
  it('nobody changes their own, not even by a role that they hold', async () => {
    expect(refusals(await give('ann', 'ann', { role: 'admin' }))).toEqual(forbidden);
    expect(refusals(await give('gil', 'gil', { role: 'grantor' }, { role: 'support' }))).toEqual(forbidden);
    expect(refusals(await office.edit('ann', 'ann', () => ({ status: 'disabled' }), { reason: 'x' }))).toEqual(
      forbidden,
    );
    expect(refusals(await office.edit('carl', 'carl', () => ({ body: { tenants: ['t1'] } })))).toEqual(forbidden);
    expect(refusals(await office.remove('ann', 'ann'))).toEqual(forbidden);
    const wider = await office.edit('gil', 'grantor', (one) => ({
      body: { ...one.body, description: 'x', tenants: ['t1'] },
    }));
    expect(refusals(wider)).toEqual(forbidden);
    expect(refusals(await office.edit('carl', 'carl', () => ({ body: { locale: 'fr' } })))).toEqual([]);
  });

  it('nobody changes a role of theirs by giving it another key first, in the same push', async () => {
    const [role, at] = [await office.record('grantor'), new Date(office.now()).toISOString()];
    const renamed = { ...role, version: 2, updatedAt: at, body: { ...role.body, key: 'other' } };
    const narrowed = { ...renamed, version: 3, body: { ...renamed.body, tenants: ['t1'] } };
    const rows = [
      { baseVersion: 1, doc: renamed },
      { baseVersion: 2, doc: narrowed },
    ];
    const request = { collection: 'access' as const, pushId: 'renames', rows };
    const answer = await office.core.push(office.principal('gil'), 'console', request, {}, { elevated: true });
    expect(refusals(answer)[0]).toBe('forbidden');
    expect((await office.record('grantor')).body).toMatchObject({ key: 'grantor', tenants: [] });
    const stale = await office.edit('ann', 'grantor', () => ({ body: { key: 'other' } }), { elevated: false });
    expect(refusals(stale)).toEqual(['reauthentication_required']);
    // Two who hold nothing of it do as they like.
    const both = await office.core.push(office.principal('ann'), 'console', request, {}, { elevated: true });
    expect(refusals(both)).toEqual([]);
  });

  it('a role that was limited to tenants reaches everywhere only with a reason', async () => {
    await office.put('role', 'near', { key: 'near', name: 'N', permissions: ['tasks.view'], tenants: ['t1'] });
    const open = (options: { reason?: string }) =>
      office.edit('ann', 'near', () => ({ body: { tenants: [] } }), options);
    expect(refusals(await open({}))).toEqual(['invalid']);
    expect(refusals(await open({ reason: 'All tenants now' }))).toEqual([]);
  });

  it('nobody assigns tenants to somebody who would see more there than they do themselves', async () => {
    const assign = (by: string) => office.edit(by, 'dora', () => ({ body: { tenants: ['t1'] } }));
    expect(refusals(await assign('gil'))).toEqual(forbidden);
    expect(refusals(await assign('carl'))).toEqual([]);
    // Nor gives them a role that reaches further there, nor touches the account.
    await office.put('role', 'lookers', { key: 'lookers', name: 'L', permissions: ['tenants.view'] });
    expect(refusals(await office.edit('gil', 'dora', () => ({ status: 'disabled' }), { reason: 'x' }))).toEqual(
      forbidden,
    );
    const eve = { email: 'eve@steward.example', displayName: 'eve', tenants: ['t1'] };
    await office.put('staff', 'eve', eve, { status: 'active' });
    expect(refusals(await give('gil', 'eve', { role: 'lookers' }))).toEqual(forbidden);
    expect(refusals(await give('ann', 'eve', { role: 'lookers' }))).toEqual([]);
  });

  it('an account is changed with staff.manage only: its address, its status, its tenants, its end', async () => {
    const permissions = ['staff.view', 'staff.view_all', 'staff.edit', 'staff.delete'];
    await office.put('role', 'clerk', { key: 'clerk', name: 'Clerk', permissions });
    await office.hire('cleo', { role: 'clerk' });
    await office.hire('eve');
    const email = { email: 'mine@steward.example' };
    expect(refusals(await office.edit('cleo', 'eve', () => ({ body: email })))).toEqual(forbidden);
    expect(refusals(await office.edit('cleo', 'cleo', () => ({ body: email })))).toEqual(forbidden);
    expect(refusals(await office.edit('cleo', 'eve', () => ({ body: { tenants: ['t1'] } })))).toEqual(forbidden);
    expect(refusals(await office.edit('cleo', 'eve', () => ({ status: 'disabled' }), { reason: 'x' }))).toEqual(
      forbidden,
    );
    expect(refusals(await office.remove('cleo', 'eve'))).toEqual(forbidden);
    expect(refusals(await office.edit('cleo', 'eve', () => ({ body: { displayName: 'Eve' } })))).toEqual([]);
  });

  it('nobody gives more than they hold: not as a role, not by making or editing one, not in fewer tenants than theirs', async () => {
    expect(refusals(await give('gil', 'dora', { role: 'super_admin' }))).toEqual(forbidden);
    expect(refusals(await give('gil', 'dora', { role: 'operations' }))).toEqual(forbidden);
    await office.put('role', 'callers', { key: 'callers', name: 'Callers', permissions: ['tasks.view', 'tasks.edit'] });
    expect(refusals(await give('gil', 'dora', { role: 'support' }, { role: 'callers' }))).toEqual([]);
    const wider = await office.edit('gil', 'callers', () => ({
      body: { permissions: ['tasks.*', 'payouts.approve'] },
    }));
    expect(refusals(wider)).toEqual(forbidden);
    expect(refusals(await office.edit('gil', 'callers', () => ({ body: { permissions: ['tasks.*'] } })))).toEqual([]);
    // Seeing tenants that are one's own is less than seeing all of them.
    const all = await office.edit('gil', 'callers', () => ({
      body: { permissions: ['tenants.view', 'tenants.view_all'] },
    }));
    expect(refusals(all)).toEqual(forbidden);
    const made = {
      ...(await office.record('callers')),
      id: 'new',
      version: 1,
      body: { key: 'new', name: 'N', permissions: ['*'] },
    };
    expect(refusals(await office.push('gil', made, 0))).toEqual(forbidden);
    await office.put('role', 'local', { key: 'local', name: 'L', permissions: ['payouts.*'], tenants: ['t1'] });
    await office.hire('lea', { role: 'grantor' }, { role: 'local' });
    await office.put('role', 'far', { key: 'far', name: 'F', permissions: ['payouts.view'], tenants: ['t1', 't2'] });
    await office.put('role', 'near', { key: 'near', name: 'N', permissions: ['payouts.view'], tenants: ['t1'] });
    expect(refusals(await give('lea', 'dora', { role: 'support' }, { role: 'far' }))).toEqual(forbidden);
    expect(refusals(await give('lea', 'dora', { role: 'support' }, { role: 'callers' }, { role: 'near' }))).toEqual([]);
  });

  it('a field that is hidden from the giver is not opened by what they give', async () => {
    const rules = [{ resource: 'tenants', field: 'notes', access: 'hidden' }];
    await office.put('role', 'blind', {
      key: 'blind',
      name: 'B',
      permissions: ['roles.*', 'staff.*', 'tenants.*'],
      fieldRules: rules,
    });
    await office.hire('bo', { role: 'blind' });
    await office.put('role', 'open', { key: 'open', name: 'O', permissions: ['tenants.view'] });
    await office.put('role', 'shut', { key: 'shut', name: 'S', permissions: ['tenants.view'], fieldRules: rules });
    expect(refusals(await give('bo', 'dora', { role: 'open' }))).toEqual(forbidden);
    await office.hire('eve');
    expect(refusals(await give('bo', 'eve', { role: 'open' }))).toEqual(forbidden);
    expect(refusals(await give('bo', 'eve', { role: 'shut' }))).toEqual([]);
  });

  it('who holds more is not touched from below: no role taken, no account disabled, deleted or given another address', async () => {
    expect(refusals(await give('gil', 'ann'))).toEqual(forbidden);
    expect(refusals(await office.edit('carl', 'ann', () => ({ status: 'disabled' }), { reason: 'x' }))).toEqual(
      forbidden,
    );
    expect(refusals(await office.edit('carl', 'ann', () => ({ body: { email: 'mine@steward.example' } })))).toEqual(
      forbidden,
    );
    expect(refusals(await office.remove('carl', 'ann'))).toEqual(forbidden);
    expect(refusals(await office.edit('carl', 'dora', () => ({ status: 'disabled' }), { reason: 'left' }))).toEqual([]);
  });

  it('a role is given with a reason, must exist, and asks for roles.manage', async () => {
    expect(refusals(await give('ann', 'dora', { role: 'viewer', reason: '' }))).toEqual(['invalid']);
    expect(refusals(await give('ann', 'dora', { role: 'no-such-role' }))).toEqual(['invalid']);
    expect(refusals(await give('carl', 'dora', { role: 'viewer' }))).toEqual(forbidden);
    expect(refusals(await give('ann', 'dora', { role: 'viewer' }))).toEqual([]);
  });

  it('system roles stay, and so does a role that somebody holds', async () => {
    expect(refusals(await office.edit('ann', 'viewer', () => ({ body: { permissions: ['*'] } })))).toEqual(forbidden);
    expect(refusals(await office.remove('ann', 'viewer'))).toEqual(forbidden);
    expect(refusals(await office.remove('ann', 'grantor'))).toEqual(['invalid']);
    await give('ann', 'gil', { role: 'viewer' });
    expect(refusals(await office.remove('ann', 'grantor'))).toEqual([]);
  });

  it('a permission or field that does not exist cannot be given', async () => {
    const typo = await office.edit('ann', 'grantor', () => ({ body: { permissions: ['task.view'] } }));
    expect(refusals(typo)).toEqual(['invalid']);
    const fieldRules = [{ resource: 'tenants', field: 'nots', access: 'hidden' }];
    expect(refusals(await office.edit('ann', 'grantor', () => ({ body: { fieldRules } })))).toEqual(['invalid']);
  });
});

describe('the last super administrator', () => {
  it('stays: not removed, disabled, deleted, nor given an end', async () => {
    const soon = new Date(office.now() + 60_000).toISOString();
    await give('ann', 'ben', { role: 'super_admin', expiresAt: soon, reason: 'Until tomorrow' });
    expect(refusals(await give('ben', 'ann', { role: 'admin' }))).toEqual(forbidden);
    expect(refusals(await office.edit('ben', 'ann', () => ({ status: 'disabled' }), { reason: 'x' }))).toEqual(
      forbidden,
    );
    expect(refusals(await office.remove('ben', 'ann'))).toEqual(forbidden);
    expect(refusals(await give('ben', 'ann', { role: 'super_admin', expiresAt: soon }))).toEqual(forbidden);
    office.pass(61_000);
    expect(office.principal('ben').grants).toEqual([]);
    expect(refusals(await give('ann', 'ben', { role: 'super_admin', reason: 'Back' }))).toEqual([]);
    expect(refusals(await give('ben', 'ann', { role: 'admin' }))).toEqual([]);
  });

  it('stays when two take each other’s rights at the same moment', async () => {
    const answers = await Promise.all([give('ann', 'ben', { role: 'admin' }), give('ben', 'ann', { role: 'admin' })]);
    expect(answers.flatMap(refusals)).toEqual(forbidden);
    const left = ['ann', 'ben'].filter((id) => office.principal(id).grants.some((one) => one.role === 'super_admin'));
    expect(left).toHaveLength(1);
  });
});

describe('what is dangerous', () => {
  const flag = () => office.put('flag', 'kill', { key: 'kill', name: 'Kill', type: 'kill_switch' });

  it('asks again who one is, keeps nothing, and goes on after the proof', async () => {
    await flag();
    const stale = { elevated: false };
    const answer = await office.edit('ann', 'kill', () => ({ body: { name: 'Off' } }), stale);
    expect(answer).toMatchObject({
      rejections: [
        { code: 'reauthentication_required', details: { permission: 'flags.edit' }, current: { id: 'kill' } },
      ],
    });
    expect((await office.record('kill')).body['name']).toBe('Kill');
    expect(refusals(await office.edit('ann', 'kill', () => ({ body: { name: 'Off' } })))).toEqual([]);
  });

  it('is giving a role or changing what one gives; its description and a person’s language are not', async () => {
    const stale = { elevated: false };
    const granted = await office.edit('ann', 'dora', () => ({ body: { roles: held({ role: 'viewer' }) } }), stale);
    expect(refusals(granted)).toEqual(['reauthentication_required']);
    const wider = await office.edit('ann', 'grantor', () => ({ body: { permissions: ['tasks.*'] } }), stale);
    expect(refusals(wider)).toEqual(['reauthentication_required']);
    expect(refusals(await office.edit('ann', 'grantor', () => ({ body: { description: 'Gives' } }), stale))).toEqual(
      [],
    );
    expect(refusals(await office.edit('carl', 'dora', () => ({ body: { locale: 'ar' } }), stale))).toEqual([]);
  });

  it('is what changes an account, one’s own as well, and a switch that comes or goes', async () => {
    const stale = { elevated: false };
    const asked = ['reauthentication_required'];
    const email = { email: 'mine@steward.example' };
    for (const id of ['dora', 'carl'])
      expect(refusals(await office.edit('carl', id, () => ({ body: email }), stale))).toEqual(asked);
    const left = await office.edit('carl', 'dora', () => ({ status: 'disabled' }), { ...stale, reason: 'left' });
    expect(refusals(left)).toEqual(asked);
    const dora = await office.record('dora');
    expect(refusals(await office.push('carl', tombstoneOf(dora, 2), 1, stale))).toEqual(asked);
    const kill = await flag();
    expect(refusals(await office.push('ann', tombstoneOf(kill, 2), 1, stale))).toEqual(asked);
    const made = { ...kill, id: 'new', body: { ...kill.body, key: 'new' } };
    expect(refusals(await office.push('ann', made, 0, stale))).toEqual(asked);
    expect(refusals(await office.push('ann', made, 0))).toEqual([]);
  });

  it('does not tell somebody without the permission that a proof would help', async () => {
    await flag();
    const answer = await office.edit('dora', 'kill', () => ({ body: { name: 'Off' } }), { elevated: false });
    expect(refusals(answer)).toEqual(forbidden);
  });
});

describe('what is not theirs to see', () => {
  it('answers as what does not exist, whatever is tried', async () => {
    const doc = newTask('Theirs').doc;
    const body = { title: 'Theirs' };
    await office.put('task', doc.id, body, { status: doc.status, tenantId: '', createdBy: 'ann', version: 3 });
    const tries = (id: string) =>
      [
        { doc: { ...doc, id, version: 4 }, base: 3 },
        { doc: { ...doc, id, version: 2 }, base: 1 },
        { doc: { ...doc, id, version: 4, status: 'done' }, base: 3 },
        { doc: { ...doc, id, version: 4, tenantId: 'elsewhere' }, base: 3 },
        { doc: { ...doc, id, version: 4, body: {} }, base: 3 },
        { doc: tombstoneOf({ ...doc, id }, 4), base: 3 },
        { doc: tombstoneOf({ ...doc, id }, 1), base: 0 },
        { doc: { ...doc, id, kind: 'run', version: 4 }, base: 3 },
        { doc: { ...doc, id, kind: 'approval', status: 'pending', version: 4, body: {} }, base: 3 },
      ] as const;
    for (const by of ['dora', 'stranger']) {
      const [hidden, none] = [tries(doc.id), tries('01980000-0000-7000-8000-000000000000')];
      for (const [index, one] of hidden.entries()) {
        const other = none[index]!;
        const [answer, wanted] = [
          await office.push(by, one.doc, one.base),
          await office.push(by, other.doc, other.base),
        ];
        const plain = JSON.stringify(answer).replaceAll(doc.id, 'ID');
        expect(plain).toBe(JSON.stringify(wanted).replaceAll('01980000-0000-7000-8000-000000000000', 'ID'));
        expect(refusals(answer)).toHaveLength(1);
      }
    }
    expect((await office.record(doc.id)).version).toBe(3);
  });
});
