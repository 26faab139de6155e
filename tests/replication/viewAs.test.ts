import { expect, it } from 'vitest';
import type { RecordList, Replica } from '#renderer/data/replicaApi.ts';
import { principalOfView } from '#renderer/data/viewAs/roleView.ts';
import type { RoleView } from '#renderer/data/viewAs/roleView.ts';
import { viewReplica } from '#renderer/data/viewAs/viewReplica.ts';
import { makeTask, minute, openOffice } from './office.ts';
import type { Office } from './office.ts';

const refusal = 'You only look.';
const view = (permissions: string[], part: Partial<RoleView['rights']> = {}): RoleView => ({
  roleId: 'role-1',
  name: 'Desk',
  draft: true,
  key: 'desk',
  rights: { permissions, tenants: [], fieldRules: [], ...part },
});

function seenAs({ ada }: Office, role: RoleView): Replica {
  const person = ada.replica.principal();
  if (!person) throw new Error('nobody is signed in');
  return viewReplica(ada.replica, principalOfView(person, role), refusal);
}

async function listOf({ time }: Office, replica: Replica, kind: string): Promise<RecordList> {
  let last: RecordList | undefined;
  const stop = replica.observeList({ kind }, (list) => (last = list));
  await time.advance(minute);
  stop();
  if (!last) throw new Error('the list was never read');
  return last;
}

const titlesIn = (list: RecordList) => list.rows.map(({ record }) => String(record.body['title'])).toSorted();

it('shows the records a role would show, counts those alone, and leaves hidden fields out', async () => {
  const office = await openOffice();
  const own = await makeTask(office.ada, 'of Ada');
  await makeTask(office.ben, 'of Ben', { description: 'for few' });
  await office.time.advance(minute);
  expect((await listOf(office, office.ada.replica, 'task')).count).toBe(2);

  const onlyOwn = seenAs(office, view(['tasks.view']));
  const list = await listOf(office, onlyOwn, 'task');
  expect([titlesIn(list), list.count, list.total]).toEqual([['of Ada'], 1, 1]);
  expect((await onlyOwn.get('task', own))?.record.body['title']).toBe('of Ada');

  const fieldRules = [{ resource: 'tasks', field: 'description', access: 'hidden' as const }];
  const all = seenAs(office, view(['tasks.*'], { fieldRules }));
  const rows = (await listOf(office, all, 'task')).rows;
  expect(rows).toHaveLength(2);
  expect(rows.some(({ record }) => 'description' in record.body)).toBe(false);

  const nothing = seenAs(office, view(['flags.view']));
  expect((await listOf(office, nothing, 'task')).total).toBe(0);
  expect(await nothing.get('task', own)).toBeUndefined();
  expect(await nothing.search('Ada', 10)).toEqual([]);
  await Promise.all([office.ada.close(), office.ben.close()]);
});

it('writes nothing and asks the server nothing', async () => {
  const office = await openOffice();
  const id = await makeTask(office.ada, 'stays');
  await office.time.advance(minute);
  const seen = seenAs(office, view(['*']));
  const attempts = [
    seen.create('task', '', { title: 'never made' }),
    seen.edit('task', id, { body: { title: 'changed' } }),
    seen.remove('task', id),
    seen.withdraw('task', id),
    seen.resolveInbox('any', 'theirs'),
    seen.call('POST', '/v1/staff/x/unlock'),
    seen.readOlder({ kind: 'run' }),
  ];
  for (const attempt of attempts)
    expect(await attempt).toEqual({ ok: false, error: { code: 'read_only', message: refusal } });
  await expect(seen.readTexts().find('task', [id])).rejects.toThrow(refusal);
  await expect(seen.chooseWindow('runs', 7)).rejects.toThrow(refusal);
  await office.time.advance(minute);
  expect(office.ada.replica.status().unsent).toBe(0);
  expect((await office.ada.replica.get('task', id))?.record.body['title']).toBe('stays');
  await Promise.all([office.ada.close(), office.ben.close()]);
});
