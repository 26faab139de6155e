import { cpSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';
import type { ConsolePage } from './consolePage.ts';
import { openOffice } from './office.ts';
import type { Office } from './office.ts';

describe('the audit log in the console', () => {
  let office: Office;
  let saved: string;
  beforeAll(async () => {
    saved = temporaryFolder('exports');
    office = await openOffice({ saveDirectory: saved });
  });
  afterAll(async () => {
    await office.close();
  });

  it('is narrowed, kept as a search, read entry by entry, and taken out with an entry that says so', async () => {
    const one = await office.signedIn('admin@steward.example');
    await one.goTo('/audit');
    await one.page.getByTestId('audit-count').waitFor();
    const all = await countOf(one);
    expect(all).toBeGreaterThan(20);
    await one.page.getByTestId('audit-view').getByText('Security events').click();
    await expect.poll(() => countOf(one)).toBeLessThan(all);
    await one.page.getByTestId('audit-view').getByText('Everything').click();
    await expect.poll(() => countOf(one)).toBe(all);

    await one.page.getByTestId('audit-action').click();
    await one.page.getByRole('option', { name: 'Change', exact: true }).click();
    await one.page.getByTestId('chip-actions').waitFor();
    await expect.poll(() => countOf(one)).toBeLessThan(all);
    const changes = await countOf(one);
    await one.page.keyboard.press('Escape');
    await one.page.getByTestId('searches').click();
    await one.page.getByTestId('search-name').fill('Changes of records');
    await one.page.getByTestId('search-save').click();
    await one.page.getByTestId('clear-filters').click();
    await expect.poll(() => countOf(one)).toBe(all);
    await one.page.getByTestId('searches').click();
    await one.page.getByTestId('saved-search').filter({ hasText: 'Changes of records' }).click();
    await expect.poll(() => countOf(one)).toBe(changes);

    await one.page.locator('[data-testid^="row-"]').first().click();
    const entry = one.page.getByTestId('entry');
    await entry.waitFor();
    await one.page.locator('[data-testid="entry-chain"][data-fits="true"]').waitFor();
    const first = await entry.getAttribute('data-entry');
    await one.page.getByRole('button', { name: 'Entry below' }).click();
    await expect.poll(() => entry.getAttribute('data-entry')).not.toBe(first);
    await one.page.getByTestId('by-person').click();
    await one.page.getByTestId('chip-actorId').waitFor();
    const ofPerson = Number(await textOfTotal(one));
    await expect.poll(() => countOf(one)).toBe(ofPerson);

    await one.setWorkOffline(true);
    await one.page.getByTestId('audit-export').click();
    await one.page.getByTestId('export-start').click();
    await one.page.getByTestId('export-done').waitFor();
    const [file] = readdirSync(saved).filter((name) => name.endsWith('.csv'));
    const lines = readFileSync(join(saved, file ?? ''), 'utf8')
      .trim()
      .split('\r\n');
    expect(lines).toHaveLength(ofPerson + 1);
    expect(lines[0]).toContain('number,at,tenantId,actorId');
    await one.page.keyboard.press('Escape');
    await one.setWorkOffline(false);
    await one.untilSynced();
    await one.goTo('/audit?view=mine&action=export');
    await one.page.locator('[data-testid^="row-"]').first().click();
    await one.page.getByTestId('entry').getByText('console', { exact: true }).waitFor();
    await one.close();
  });

  it('verifies, and names the entry that somebody changed in the file of the replica', async () => {
    const profile = office.newProfile();
    const before = await office.open(profile);
    await before.signIn('admin@steward.example');
    await verifyAll(before);
    await before.page.locator('[data-testid="verified"][data-holds="true"]').waitFor();
    await before.close();
    const changed = changeOneEntry(profile);

    const after = await office.open(profile);
    await after.page.getByTestId('sync-state').waitFor();
    await after.setWorkOffline(true);
    await verifyAll(after);
    await after.page.locator('[data-testid="verified"][data-holds="false"]').waitFor();
    const finding = after.page.getByTestId('first-finding');
    expect(await finding.getAttribute('data-kind')).toBe('altered');
    expect(await finding.getAttribute('data-entry')).toBe(changed);
    await after.page.getByTestId('finding-open').first().click();
    await after.page.locator(`[data-testid="row-${changed}"]`).click();
    await after.page.locator('[data-testid="entry-chain"][data-fits="false"]').waitFor();
    await after.close();
  });

  it('refuses a server that was put back to an older log, loudly and for good', async () => {
    const { server } = office;
    const backup = temporaryFolder('backup');
    const profile = office.newProfile();
    const one = await office.open(profile);
    await one.signIn('admin@steward.example');
    const rule = await one.firstRecord('rule');
    await server.stop();
    cpSync(server.dataDirectory, backup, { recursive: true });
    await server.restart();
    await one.untilSynced();
    await one.editField('rule', rule, 'body.name', 'Known to the console only, soon');
    await one.untilSynced();
    // A server signs the ends of its log when it starts.
    await server.restart();
    await one.untilSynced();
    const known = endsIn(backup);
    await expect
      .poll(async () => (await witnessedEnds(one)).some(([chain, number]) => number > (known.get(chain) ?? 0)), {
        timeout: 30_000,
        interval: 500,
      })
      .toBe(true);
    await server.stop();
    rmSync(server.dataDirectory, { recursive: true, force: true });
    cpSync(backup, server.dataDirectory, { recursive: true });
    await server.restart();
    // The session that the console goes on with is younger than the backup: it has to sign in again.
    await one.page.getByTestId('sign-in-email').waitFor({ timeout: 60_000 });
    await one.signIn('admin@steward.example');
    // Cut, or by now as long again and another one, depending on what happened since.
    const notice = one.page.getByTestId('witness-notice');
    await notice.waitFor({ timeout: 60_000 });
    expect(['truncated', 'forked']).toContain(await notice.getAttribute('data-kind'));
    await one.goTo('/audit/proof');
    await one.page.getByTestId('refusals').waitFor();
    await one.page.getByTestId('save-evidence').click();
    await expect.poll(() => readdirSync(saved).filter((name) => name.startsWith('audit-refusals'))).toHaveLength(1);
    await one.close();

    const again = await office.open(profile);
    await again.page.getByTestId('witness-notice').waitFor();
    await again.close();
  });
});

async function countOf(one: ConsolePage): Promise<number> {
  const line = one.page.locator('[data-testid="audit-count"][data-counted="true"]');
  await line.waitFor();
  return Number(await line.getAttribute('data-count'));
}

async function textOfTotal(one: ConsolePage): Promise<string> {
  const total = one.page.getByTestId('activity-total');
  await expect.poll(() => total.textContent()).not.toBe('0');
  return (await total.textContent()) ?? '';
}

async function verifyAll(one: ConsolePage): Promise<void> {
  await one.goTo('/audit/proof');
  await one.page.locator('[data-testid^="chain-"]').first().waitFor();
  await one.page.getByTestId('verify-all').click();
}

/** Chain and number of every head that the console accepted. */
async function witnessedEnds(one: ConsolePage): Promise<(readonly [string, number])[]> {
  await one.goTo('/audit');
  await one.goTo('/audit/proof');
  await one.page.getByTestId('tab-keys').click();
  const heads = one.page.getByTestId('witnessed-head');
  await heads.first().waitFor();
  return heads.evaluateAll((rows) =>
    rows.map((row) => [row.getAttribute('data-chain') ?? '', Number(row.getAttribute('data-number'))] as const),
  );
}

/** The number of the last entry of each chain in the data of a server that does not run. */
function endsIn(directory: string): Map<string, number> {
  const store = new DatabaseSync(join(directory, 'steward.sqlite'), { readOnly: true });
  const rows = store.prepare('SELECT tenant_id, number FROM chain_heads').all();
  store.close();
  return new Map(rows.map((row) => [String(row['tenant_id']), Number(row['number'])]));
}

/** Changes what one entry in the replica's file says, as somebody with access to the disk could; answers its id. */
function changeOneEntry(profile: string): string {
  const folder = join(profile, 'replica');
  const [name] = readdirSync(folder).filter((one) => one.endsWith('.sqlite'));
  const file = new DatabaseSync(join(folder, name ?? ''));
  const row = file
    .prepare("SELECT id FROM audit WHERE json_extract(data, '$.kind') = 'auditEntry' ORDER BY id LIMIT 1 OFFSET 10")
    .get();
  const id = String(row?.['id']);
  file.prepare("UPDATE audit SET data = json_set(data, '$.body.actorId', 'somebody-else') WHERE id = ?").run(id);
  file.close();
  return id;
}
