import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConsolePage } from './consolePage.ts';
import { openOffice } from './office.ts';
import type { Office } from './office.ts';

describe('two consoles', () => {
  let office: Office;
  let admin: ConsolePage;
  let ops: ConsolePage;
  beforeAll(async () => {
    office = await openOffice();
    admin = await office.signedIn('admin@steward.example');
    ops = await office.signedIn('ops@steward.example');
  });
  afterAll(() => office.close());

  it('see an edit of each other without asking for it', async () => {
    const id = await admin.firstRecord('rule');
    await admin.editField('rule', id, 'body.name', 'Seen at once');
    await ops.untilField('rule', id, 'body.name', 'Seen at once');
  });

  it('keep both edits of different fields', async () => {
    const id = await admin.firstRecord('rule');
    await admin.setWorkOffline(true);
    await ops.setWorkOffline(true);
    await admin.editField('rule', id, 'body.name', 'Name by the administrator');
    await ops.editField('rule', id, 'body.description', 'Text by operations');
    await admin.setWorkOffline(false);
    await admin.untilSynced();
    await ops.setWorkOffline(false);
    await ops.untilSynced();
    await admin.untilField('rule', id, 'body.description', 'Text by operations');
    await ops.untilField('rule', id, 'body.name', 'Name by the administrator');
  });

  it('meet on the same field: the later one decides in the inbox, and its choice arrives', async () => {
    const id = await admin.firstRecord('rule');
    await admin.setWorkOffline(true);
    await ops.setWorkOffline(true);
    await admin.editField('rule', id, 'body.name', 'Theirs');
    await ops.editField('rule', id, 'body.name', 'Mine');
    await admin.setWorkOffline(false);
    await admin.untilSynced();
    await ops.setWorkOffline(false);
    await ops.page.locator('[data-testid="sync-state"][data-conflicts="1"]').waitFor();
    await ops.goTo('/inbox');
    const card = ops.page.getByTestId(`conflict-${id}`);
    await card.getByTestId('take-mine').first().click();
    await card.getByTestId('resolve').click();
    await ops.page.locator('[data-testid="sync-state"][data-conflicts="0"]').waitFor();
    await ops.untilSynced();
    await admin.untilField('rule', id, 'body.name', 'Mine');
  });

  it('rights taken while connected: an edit made offline comes back with its reason, and the records go', async () => {
    const id = await ops.firstRecord('rule');
    await ops.setWorkOffline(true);
    await ops.editField('rule', id, 'body.name', 'Typed before the rights went');
    await admin.goTo('/records/staff');
    await admin.page.getByTestId('list-search').fill('ops@steward.example');
    const row = admin.page.locator('[data-testid^="row-"]').first();
    await admin.page.locator('[data-testid="list-count"]:has-text("1")').waitFor();
    const staffId = ((await row.getAttribute('data-testid')) ?? '').slice('row-'.length);
    const support = await roleId(admin, 'Support agent');
    await admin.goTo(`/records/staff/${staffId}`);
    await admin
      .field('body.roles')
      .fill(JSON.stringify([{ id: support, roleId: support, expiresAt: '', reason: 'Moved to another team' }]));
    await admin.page.getByTestId('save').click();
    await admin.page.locator('[data-testid="save"]:disabled').waitFor();
    await admin.untilSynced();
    await ops.setWorkOffline(false);
    await ops.goTo('/inbox');
    await ops.page.getByTestId(`rejection-${id}`).getByTestId('rejection-reason').waitFor();
    expect(await ops.page.getByTestId('rejection-reason').first().textContent()).toMatch(/automation\.edit|permission/);
    await ops.page.locator('[data-testid="nav-flag"]').waitFor({ state: 'detached' });
  });
});

async function roleId(one: ConsolePage, name: string): Promise<string> {
  await one.goTo('/records/role');
  await one.page.getByTestId('list-search').fill(name);
  await one.page.locator('[data-testid="list-count"]:has-text("1")').waitFor();
  const row = one.page.locator('[data-testid^="row-"]').first();
  return ((await row.getAttribute('data-testid')) ?? '').slice('row-'.length);
}
