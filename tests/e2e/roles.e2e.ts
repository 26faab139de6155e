import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConsolePage } from './consolePage.ts';
import { openOffice } from './office.ts';
import type { Office } from './office.ts';

describe('a role made from another', () => {
  let office: Office;
  let admin: ConsolePage;
  let viewer: ConsolePage;
  beforeAll(async () => {
    office = await openOffice();
    admin = await office.signedIn('admin@steward.example');
    viewer = await office.signedIn('viewer@steward.example');
  });
  afterAll(() => office.close());

  it('is made as a copy', async () => {
    const { page } = admin;
    await admin.goTo('/roles');
    await page.getByTestId('new-role').click();
    await page.getByTestId('new-copy-operations').click();
    await page.getByTestId('role-name').fill('Night desk');
    await page.getByTestId('role-key-input').fill('night_desk');
    await page.getByTestId('save-role').click();
    await page.getByTestId('confirm').click();
    await page.getByTestId('simulate-role').waitFor();
    expect(await page.getByTestId('role-key').textContent()).toBe('night_desk');
    await admin.untilSynced();
  });

  it('is given to somebody, who sees at once what it shows', async () => {
    const { page } = admin;
    await viewer.goTo('/');
    expect(await viewer.page.getByTestId('nav-staff').count()).toBe(0);
    await admin.goTo('/staff');
    await page.getByTestId('person-viewer@steward.example').getByRole('link').first().click();
    await page.getByTestId('tab-access').click();
    await page.getByTestId('give-role').click();
    await page.getByTestId('grant-role').fill('Night');
    await page.getByRole('option', { name: 'Night desk' }).click();
    await page.getByTestId('grant-reason').fill('Covers the nights of November');
    await page.getByTestId('confirm-grant').click();
    await page.getByTestId('grant-night_desk').waitFor();
    await viewer.page.getByTestId('nav-staff').click();
    await viewer.page.getByTestId('person-admin@steward.example').waitFor();
  });

  it('is changed in the matrix by the keyboard; what that means is said before, and happens at once', async () => {
    const { page } = admin;
    await admin.goTo('/roles');
    await page.getByTestId('role-night_desk').getByRole('link').click();
    await page.getByTestId('matrix-search').fill('staff');
    const matrix = page.getByTestId('rights-matrix');
    await matrix.getByTestId('resource-members').waitFor({ state: 'detached' });
    await matrix.getByTestId('row-*').focus();
    await page.keyboard.press('ArrowDown');
    expect(await focused(admin)).toBe('row-staff');
    await page.keyboard.press('ArrowRight');
    expect(await focused(admin)).toBe('cell-staff.view');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    expect(await matrix.getByTestId('cell-staff.view').getAttribute('aria-checked')).toBe('false');
    expect(await matrix.getByTestId('cell-staff.view').getAttribute('data-change')).toBe('lost');
    await page.keyboard.press('Control+s');
    const consequences = page.getByTestId('consequences');
    await consequences.getByText('Jonas Weber').waitFor();
    expect(await consequences.getByTestId('difference-lost').textContent()).toMatch(/Staff: View.*Staff: View all/);
    expect(await consequences.locator('li', { hasText: 'Jonas Weber' }).textContent()).toContain('loses 2');
    await page.getByTestId('reason').fill('Nights need no list of people');
    await page.getByTestId('confirm').click();
    await page.getByTestId('role-state').getByText('Nothing unsaved').waitFor();
    await viewer.page.getByTestId('nav-staff').waitFor({ state: 'detached' });
    await viewer.page.getByTestId('person-admin@steward.example').waitFor({ state: 'detached' });
  });

  it('says why something is off, role by role, and who could help', async () => {
    const { page } = viewer;
    await viewer.goTo('/roles');
    await page.getByTestId('new-role').focus();
    await page.keyboard.press('Alt+Shift+?');
    const why = page.getByTestId('why-off');
    await why.waitFor();
    expect(await why.getByTestId('decision-steps').textContent()).toMatch(
      /Viewer does not hold it\..*night_desk does not hold it\./,
    );
    expect(await why.textContent()).toContain('roles.create');
    await page.keyboard.press('Escape');
    await why.waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await why.getByTestId('whom-to-ask').waitFor();
    await page.keyboard.press('Escape');
  });

  it('can be tried on: the console decides as that role, and changes nothing', async () => {
    const { page } = admin;
    await page.getByTestId('view-as').click();
    const banner = page.getByTestId('view-as-banner');
    expect(await banner.textContent()).toContain('Night desk');
    await page.getByTestId('nav-rule').waitFor();
    expect(await page.getByTestId('nav-staff').count()).toBe(0);
    await admin.goTo('/staff');
    // One's own account is always one's own to see; nobody else is.
    await page.getByTestId('person-viewer@steward.example').waitFor({ state: 'detached' });
    await admin.goTo('/rules');
    const active = page.locator('[data-testid^="active-"]').first();
    const before = await active.isChecked();
    await active.click({ force: true });
    await page.getByText('You only look at the console as the role “Night desk”').waitFor();
    expect(await active.isChecked()).toBe(before);
    await page.getByTestId('view-as-end').click();
    await banner.waitFor({ state: 'detached' });
    await page.getByTestId('nav-staff').waitFor();
    await admin.untilUnsent(0);
  });

  it('has company: somebody is invited, and the link to their account is shown once', async () => {
    const { page } = admin;
    await admin.goTo('/staff');
    await page.getByTestId('invite').click();
    await page.getByTestId('invite-email').fill('nights@steward.example');
    await page.getByTestId('invite-name').fill('Ines Marchetti');
    await page.getByTestId('invite-create').click();
    expect(await page.getByTestId('link-text').textContent()).toMatch(/\S{30,}/);
    await page.getByTestId('invite-done').click();
    await page.getByTestId('person-nights@steward.example').getByRole('link').click();
    await page.getByTestId('person-page').getByText('Ines Marchetti').first().waitFor();
    expect(await page.getByTestId('link-text').count()).toBe(0);
  });

  it('is simulated beside the window', async () => {
    const { page } = admin;
    await admin.goTo('/roles');
    await page.getByTestId('role-night_desk').getByRole('link').click();
    await page.getByTestId('simulate-role').click();
    await page.getByText('Gone', { exact: true }).click();
    await page.getByTestId('fetch-uses').click();
    await page.getByTestId('uses').getByText('Fetched').waitFor();
    await page.getByTestId('run-role-simulation').click();
    const result = page.getByTestId('simulation-result');
    await result.getByText('Jonas Weber').waitFor();
    expect(await result.textContent()).toContain('Would lose');
  });
});

async function focused(one: ConsolePage): Promise<string | null> {
  return one.page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? null);
}
