import { expect, it } from 'vitest';
import { inboxOf, makeTask, minute, openOffice, rename, tasksOn, titleOnServer } from './office.ts';
import type { Office } from './office.ts';

const day = 24 * 60 * minute;

const titlesOn = async (one: Office['ada']) =>
  (await tasksOn(one)).map(({ record }) => String(record.body['title'])).sort();

/** Days on which nobody is connected, and nothing is compared. */
async function passDays({ ada, ben, time }: Pick<Office, 'ada' | 'ben' | 'time'>, days: number): Promise<void> {
  for (const one of [ada, ben]) one.replica.setWorkOffline(true);
  await time.advance(days * day);
  for (const one of [ada, ben]) one.replica.setWorkOffline(false);
  await time.advance(minute);
}

/** Two tasks, forty days apart. */
async function openOldOffice(): Promise<Office & { oldTask: string }> {
  const office = await openOffice();
  const oldTask = await makeTask(office.ada, 'old');
  await office.time.advance(minute);
  await passDays(office, 40);
  await makeTask(office.ada, 'new');
  await office.time.advance(minute);
  return Object.assign(office, { oldTask });
}

it('a window lets go of what is older, and brings it back when it is widened', async () => {
  const { ada, time } = await openOldOffice();
  expect(await titlesOn(ada)).toEqual(['new', 'old']);
  await ada.replica.chooseWindow('runs', 30);
  await time.advance(minute);
  expect(await titlesOn(ada)).toEqual(['new']);
  expect(ada.replica.heldSince('task')).toBe('2026-03-11T00:00:00.000Z');
  await ada.replica.chooseWindow('runs', 0);
  await time.advance(minute);
  expect(await titlesOn(ada)).toEqual(['new', 'old']);
  expect(ada.replica.heldSince('task')).toBeUndefined();
});

it('an unsent edit stays, however old its record is, and is sent', async () => {
  const office = await openOldOffice();
  const { ada, time, oldTask } = office;
  ada.replica.setWorkOffline(true);
  await rename(ada, oldTask, 'edited offline');
  await ada.replica.chooseWindow('runs', 7);
  expect(await titlesOn(ada)).toEqual(['edited offline', 'new']);
  ada.replica.setWorkOffline(false);
  await time.advance(minute);
  expect(await titleOnServer(office, oldTask)).toBe('edited offline');
  expect(inboxOf(ada)).toEqual([]);
});

it('a change to a record outside the window arrives, since it is inside then', async () => {
  const { ada, ben, time, oldTask } = await openOldOffice();
  await ada.replica.chooseWindow('runs', 30);
  await time.advance(minute);
  await rename(ben, oldTask, 'touched');
  await time.advance(minute);
  expect(await titlesOn(ada)).toEqual(['new', 'touched']);
});

it('the comparison with the server counts the window alone and finds nothing to repair', async () => {
  const { ada, time } = await openOldOffice();
  await ada.replica.chooseWindow('runs', 30);
  await time.advance(minute);
  ada.replica.compare();
  await time.advance(minute);
  expect(ada.replica.status().repairs).toEqual([]);
  expect(await titlesOn(ada)).toEqual(['new']);
});

it('the window moves with the days', async () => {
  const office = await openOldOffice();
  const { ada, time } = office;
  await ada.replica.chooseWindow('runs', 30);
  await time.advance(minute);
  expect(await titlesOn(ada)).toEqual(['new']);
  await passDays(office, 29);
  expect(await titlesOn(ada)).toEqual(['new']);
  await time.advance(3 * day);
  expect(await titlesOn(ada)).toEqual([]);
  expect(ada.replica.status().repairs).toEqual([]);
});

it('a window chosen offline is kept over a crash and fetched later', async () => {
  const { ada, time } = await openOldOffice();
  await ada.replica.chooseWindow('runs', 30);
  await time.advance(minute);
  ada.replica.setWorkOffline(true);
  await ada.replica.chooseWindow('runs', 90);
  await ada.crash();
  expect(await titlesOn(ada)).toEqual(['new']);
  ada.replica.setWorkOffline(false);
  await time.advance(minute);
  expect(await titlesOn(ada)).toEqual(['new', 'old']);
});
