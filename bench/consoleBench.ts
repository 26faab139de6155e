import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConsolePage, newProfile, removeProfile } from '#tests/e2e/consolePage.ts';
import { startServerProcess } from '#tests/support/serverProcess.ts';
import { percentile } from './measure.ts';
import type { Measure } from './measure.ts';

const firstSyncPatience = 300_000;
const repeats = 7;
const list = { kind: 'auditEntry', rows: 50_000 };

/** The built console in the real Electron against a server with the default demo data (about 116,000 records). */
export async function benchConsole(): Promise<Measure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'steward-bench-'));
  const profile = newProfile();
  const server = await startServerProcess(folder, ['--seed', 'demo']);
  try {
    const measures: Measure[] = [];
    const first = await ConsolePage.open({ profile, serverUrl: server.url });
    const signedIn = performance.now();
    await first.page.getByTestId('sign-in-email').fill('admin@steward.example');
    await first.page.getByTestId('sign-in-password').fill('steward-demo');
    await first.page.getByTestId('sign-in').click();
    await first.page
      .locator('[data-testid="sync-state"][data-first-sync="done"]')
      .waitFor({ timeout: firstSyncPatience });
    const seconds = (performance.now() - signedIn) / 1000;
    const documents = await documentsOf(first);
    measures.push({
      name: 'first sync of 100,000 documents (Dexie), scaled',
      unit: 's',
      value: (seconds / documents) * 100_000,
      n: documents,
    });
    await first.close();

    const started = performance.now();
    const again = await ConsolePage.open({ profile, serverUrl: server.url });
    await again.page.locator('[data-testid="overview-tenants"]:text-is("300")').waitFor();
    measures.push({
      name: 'start to usable overview, replica full',
      unit: 'ms',
      value: performance.now() - started,
      n: 1,
    });
    measures.push(...(await listTimes(again)));
    const memory = await again.app.evaluate(({ app }) =>
      app.getAppMetrics().reduce((sum, one) => sum + one.memory.workingSetSize, 0),
    );
    measures.push({ name: 'memory of all processes, large list open', unit: 'MB', value: memory / 1024, n: 1 });
    await again.close();
    return measures;
  } finally {
    await server.stop();
    removeProfile(profile);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function documentsOf(one: ConsolePage): Promise<number> {
  const text = (await one.page.locator('footer').textContent()) ?? '';
  return Number(/([\d,]+) records here/.exec(text)?.[1]?.replaceAll(',', '') ?? 0);
}

/** From the key or click to the drawn result. */
async function listTimes(one: ConsolePage): Promise<Measure[]> {
  const opened = performance.now();
  await one.goTo(`/records/${list.kind}`);
  await one.page.locator('[data-testid^="row-"]').first().waitFor();
  const opening = performance.now() - opened;
  const count = one.page.getByTestId('list-count');
  const searches: number[] = [];
  const sorts: number[] = [];
  for (let turn = 0; turn < repeats; turn += 1) {
    const before = (await count.textContent()) ?? '';
    searches.push(await changeTime(one, before, turn % 2 === 0 ? 'haddad' : ''));
    const header = one.page.locator('[data-testid^="sort-"]').nth(1 + (turn % 3));
    sorts.push(await sortTime(one, header));
  }
  return [
    { name: `open a list of ${list.rows} for the first time (Dexie)`, unit: 'ms', value: opening, n: 1 },
    { name: `search ${list.rows} rows, p50`, unit: 'ms', value: percentile(searches, 0.5), n: searches.length },
    {
      name: `sort ${list.rows} rows by another column, p50`,
      unit: 'ms',
      value: percentile(sorts, 0.5),
      n: sorts.length,
    },
  ];
}

async function changeTime(one: ConsolePage, before: string, text: string): Promise<number> {
  const started = performance.now();
  await one.page.getByTestId('list-search').fill(text);
  await one.page.waitForFunction(
    (old) => document.querySelector('[data-testid="list-count"]')?.textContent !== old,
    before,
    { polling: 'raf' },
  );
  return performance.now() - started;
}

async function sortTime(one: ConsolePage, header: ReturnType<ConsolePage['page']['locator']>): Promise<number> {
  const rows = () => one.page.locator('[data-testid^="row-"]').first().getAttribute('data-testid');
  const before = await rows();
  const started = performance.now();
  await header.click();
  await one.page
    .waitForFunction(
      (old) => document.querySelector('[data-testid^="row-"]')?.getAttribute('data-testid') !== old,
      before,
      {
        polling: 'raf',
        timeout: 5000,
      },
    )
    .catch(() => undefined); // The same row may come first in both orders.
  return performance.now() - started;
}
