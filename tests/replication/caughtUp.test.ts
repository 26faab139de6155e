import { expect, it } from 'vitest';
import { isArriving, taskOf } from '#renderer/features/audit/proof/verifyTask.ts';
import { makeTask, minute, openOffice } from './office.ts';
import type { Office } from './office.ts';

const claims = ({ ben }: Pick<Office, 'ben'>) => ({
  caughtUp: ben.replica.isCaughtUp('auditEntry'),
  toEnd: taskOf(ben.replica, [chain], nothingSigned, '').chains[0]?.toEnd,
  arriving: isArriving(ben.replica),
});
const chain = {
  tenantId: '',
  serverId: 'virtual',
  entries: 0,
  signedUpTo: 0,
  signedAt: '',
  witnessed: undefined,
  proof: undefined,
  refusals: [],
  isPartial: false,
};
const nothingSigned = { keys: [], heads: new Map(), gaps: new Map() };
const all = { caughtUp: true, toEnd: true, arriving: false };
const notAll = { caughtUp: false, toEnd: false };

/** Ben was away while something was written; he is greeted again, and nothing of it has arrived yet. */
async function comeBack(office: Office): Promise<void> {
  const { ada, ben, time } = office;
  ben.replica.setWorkOffline(true);
  for (let count = 0; count < 5; count++) await makeTask(ada, `task ${count}`);
  await time.advance(minute);
  office.setFate(() => [500]);
  ben.replica.setWorkOffline(false);
  for (let step = 0; ben.replica.status().connection !== 'online'; step++) {
    if (step > 10_000) throw new Error('ben was not greeted');
    await time.advance(1);
  }
}

it('a console says that a log reaches its newest head only when every entry has been pulled since it was greeted', async () => {
  const office = await openOffice();
  const { ben, time } = office;
  await time.advance(minute);
  expect(claims(office)).toEqual(all);
  await comeBack(office);
  expect(ben.replica.status().firstSync.done).toBe(true);
  expect(claims(office)).toEqual({ ...notAll, arriving: true });
  office.setFate(() => [3]);
  await time.advance(minute);
  expect(claims(office)).toEqual(all);
});

it('knows so without a connection too, and after a start', async () => {
  const office = await openOffice();
  const { ben, time } = office;
  await time.advance(minute);
  ben.replica.setWorkOffline(true);
  expect(claims(office)).toEqual(all);
  await ben.crash();
  ben.replica.setWorkOffline(true);
  expect(claims(office)).toEqual(all);
  await comeBack(office);
  ben.replica.setWorkOffline(true);
  expect(claims(office)).toEqual({ ...notAll, arriving: false });
  await ben.crash();
  ben.replica.setWorkOffline(true);
  expect(claims(office)).toEqual({ ...notAll, arriving: false });
});
