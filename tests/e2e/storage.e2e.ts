import { closeSync, openSync, readdirSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConsolePage } from './consolePage.ts';
import { openOffice } from './office.ts';
import type { Office } from './office.ts';

describe('the replica on the disk', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.close());

  it('keeps as much of a log as is chosen, and fetches the rest again', async () => {
    const one = await office.signedIn('admin@steward.example');
    const all = await countOf(one, 'event');
    await one.goTo('/settings');
    await one.page.locator('[data-testid="storage-size"]').waitFor();
    expect(Number(await one.page.getByTestId('storage-size').getAttribute('data-bytes'))).toBeGreaterThan(100_000);
    expect(await held(one, 'events')).toBe(all);

    await keep(one, 'events', '30 days');
    await one.page.getByTestId('confirm').click();
    const fewer = await untilHeld(one, 'events', (documents) => documents < all);
    expect(fewer).toBeGreaterThan(0);
    expect(await countOf(one, 'event')).toBe(fewer);

    await one.goTo('/settings');
    await keep(one, 'events', 'Everything');
    await untilHeld(one, 'events', (documents) => documents === all);
    await one.page.locator('[data-testid="storage-events"][aria-busy="false"]').waitFor();
    expect(await countOf(one, 'event')).toBe(all);
    await one.close();
  });

  it('gives space back and finds its file whole', async () => {
    const one = await office.signedIn('admin@steward.example');
    await one.goTo('/settings');
    await one.page.getByTestId('storage-compact').click();
    await one.page.locator('.mantine-Notification-root').waitFor();
    await one.page.getByTestId('storage-check').click();
    await one.page.getByTestId('storage-checked').waitFor();
    expect(await one.page.getByTestId('storage-checked').textContent()).toContain('No damage found');
    await one.close();
  });

  it('shows entries beyond the window from the server, to read only', async () => {
    const one = await office.signedIn('admin@steward.example');
    const here = await countOf(one, 'auditEntry');
    await one.page.getByTestId('older-open').click();
    await one.page.getByTestId('older-table').waitFor();
    const older = one.page.locator('[data-testid="older-table"] [data-record]');
    const ids = await older.evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-record') ?? ''));
    expect(ids.length).toBeGreaterThan(50);
    await older.first().click();
    await one.page.getByTestId('older-record').waitFor();
    await one.page.getByTestId('older-back').click();
    await one.page.getByTestId('older-table').waitFor();
    await one.page.keyboard.press('Escape');
    await one.page.getByTestId('older-table').waitFor({ state: 'detached' });
    expect(await countOf(one, 'auditEntry')).toBe(here);
    await one.goTo(`/records/auditEntry/${ids[0]}`);
    await one.page.getByText('This record is not here').waitFor();

    await one.setWorkOffline(true);
    await one.goTo('/records/auditEntry');
    await one.page.locator('[data-testid="older-open"][aria-disabled="true"]').waitFor();
    await one.close();
  });

  it('goes on when the process that holds the replica is killed, and keeps the edit made right after', async () => {
    const one = await office.signedIn('admin@steward.example');
    const rule = await one.firstRecord('rule');
    const pid = await one.app.evaluate(
      ({ app }) => app.getAppMetrics().find((process) => process.name === 'Steward replica')?.pid ?? 0,
    );
    expect(pid).toBeGreaterThan(0);
    process.kill(pid, 'SIGKILL');
    await one.editField('rule', rule, 'body.name', 'Written after the kill');
    await one.untilSynced();
    expect(await countOf(one, 'tenant', '/tenants')).toBe(12);

    const second = await office.signedIn('ops@steward.example');
    await second.untilField('rule', rule, 'body.name', 'Written after the kill');
    await one.close();
    await second.close();
  });

  it('begins anew when its file became garbage, says so, and has everything again', async () => {
    const profile = office.newProfile();
    const first = await office.open(profile);
    await first.signIn('admin@steward.example');
    const rules = await countOf(first, 'rule');
    await first.close();
    const file = replicaFile(profile);
    writeFileSync(file, Buffer.alloc(statSync(file).size, 'not a database '));

    const again = await office.open(profile);
    await again.page.locator('[data-testid="rescue"][data-incomplete="true"]').waitFor();
    await again.untilSynced();
    expect(await countOf(again, 'rule')).toBe(rules);
    await again.page.getByTestId('rescue').waitFor();
    await again.close();
  });

  it('saves the unsent edit out of a file of which a part was damaged', async () => {
    const profile = office.newProfile();
    const first = await office.open(profile);
    await first.signIn('admin@steward.example');
    const rule = await first.firstRecord('rule');
    const events = await countOf(first, 'event');
    await first.setWorkOffline(true);
    await first.editField('rule', rule, 'body.name', 'Written before the damage');
    await first.untilUnsent(1);
    await first.close();
    wipePages(replicaFile(profile));

    const again = await office.open(profile);
    await again.page.locator('[data-testid="sync-state"][data-unsent="1"]').waitFor();
    await again.goTo('/records/event');
    await again.page.locator('[data-testid="rescue"][data-unsent="1"]').waitFor();
    await again.goTo('/outbox');
    await again.page.getByText('Written before the damage').first().waitFor();
    await again.setWorkOffline(false);
    await again.untilSynced();
    expect(await countOf(again, 'event')).toBe(events);

    const second = await office.signedIn('ops@steward.example');
    await second.untilField('rule', rule, 'body.name', 'Written before the damage');
    await again.close();
    await second.close();
  });
});

/** How many the list says there are. */
async function countOf(one: ConsolePage, kind: string, path = `/records/${kind}`): Promise<number> {
  await one.goTo('/outbox');
  await one.goTo(path);
  const line = one.page.getByTestId('list-count');
  await one.page.waitForFunction(() =>
    /^\d+ of \d+$/.test(document.querySelector('[data-testid="list-count"]')?.textContent ?? ''),
  );
  await one.page.locator('[data-testid^="row-"]').first().waitFor();
  return Number(/\d+$/.exec((await line.textContent()) ?? '')?.[0]);
}

async function held(one: ConsolePage, collection: string): Promise<number> {
  return Number(await one.page.getByTestId(`storage-${collection}`).getAttribute('data-documents'));
}

async function untilHeld(
  one: ConsolePage,
  collection: string,
  isRight: (documents: number) => boolean,
): Promise<number> {
  let documents = await held(one, collection);
  await expect
    .poll(
      async () => {
        documents = await held(one, collection);
        return isRight(documents);
      },
      { timeout: 30_000 },
    )
    .toBe(true);
  return documents;
}

async function keep(one: ConsolePage, collection: string, window: string): Promise<void> {
  await one.page.getByTestId(`keep-${collection}`).click();
  await one.page.getByRole('option', { name: window, exact: true }).click();
}

function replicaFile(profile: string): string {
  const folder = join(profile, 'replica');
  const [name] = readdirSync(folder).filter((one) => one.endsWith('.sqlite'));
  if (name === undefined) throw new Error(`no replica in ${folder}`);
  return join(folder, name);
}

/** Zeros over every fourth page of the events themselves: whoever lists them meets the damage. */
function wipePages(file: string): void {
  const database = new DatabaseSync(file);
  const { page_size: size } = database.prepare('PRAGMA page_size').get() as { page_size: number };
  const pages = database
    .prepare("SELECT pageno FROM dbstat WHERE name = 'events' AND pagetype = 'leaf' ORDER BY pageno")
    .all()
    .map(({ pageno }) => Number(pageno));
  database.close();
  expect(pages.length).toBeGreaterThan(4);
  const open = openSync(file, 'r+');
  for (const page of pages.filter((_, index) => index % 4 === 0))
    writeSync(open, Buffer.alloc(size), 0, size, (page - 1) * size);
  closeSync(open);
}
