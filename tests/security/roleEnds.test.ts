import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRights } from '#server/rights.ts';
import type { Area } from '#server/area.ts';
import { held, openRightsOffice } from '#tests/support/rightsOffice.ts';
import type { RightsOffice } from '#tests/support/rightsOffice.ts';

let office: RightsOffice;
let area: Area;
beforeEach(async () => {
  office = await openRightsOffice();
  await office.hire('ann', { role: 'super_admin' });
  await office.hire('dora', { role: 'support' });
  const { core, principals, now, watch } = office;
  area = createRights({ core, principals, networkOf: () => '', clock: now, log: pino({ level: 'silent' }) }, watch);
  await area.start();
});
afterEach(async () => {
  await area.stop();
  await office.close();
});

const ended = async () => (await office.entries('permission_change')).filter(({ reason }) => reason === 'expired');

it('the end of a role is told though staff change just when it is over', async () => {
  const expiresAt = new Date(office.now() + 60_000).toISOString();
  await office.edit('ann', 'dora', () => ({ body: { roles: held({ role: 'support', expiresAt }) } }));
  office.pass(60_001);
  // Sets the timer anew; by then the role is none of those that are still to end.
  await office.edit('ann', 'dora', () => ({ body: { displayName: 'Dora' } }));
  await vi.waitFor(async () => expect(await ended()).toMatchObject([{ resourceId: 'dora' }]), 5000);
});
