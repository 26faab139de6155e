import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConsolePage, newProfile, removeProfile } from '#tests/e2e/consolePage.ts';
import { startServerProcess } from '#tests/support/serverProcess.ts';
import { firstListAfterLoading, listMeasures } from './consoleList.ts';
import type { Measure } from './measure.ts';
import { processMemory } from './processMemory.ts';

const firstSyncPatience = 300_000;
const kind = 'auditEntry';
/**
 * The demo's audit log is a year long and the console keeps 90 days of it: so many entries that what it keeps, with
 * everything else, is about 100,000 records.
 */
const demo = ['--seed', 'demo', '--demo-audit', '280000'];

/** The built console in the real Electron against a server with demo data, the replica's windows as they are by default. */
export async function benchConsole(): Promise<Measure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'steward-bench-'));
  const profile = newProfile();
  const server = await startServerProcess(folder, demo);
  try {
    const measures = await firstSync(profile, server.url);
    const again = await ConsolePage.open({ profile, serverUrl: server.url });
    measures.push(...(await startTimes(again)));
    const loading = await firstListAfterLoading(again, kind);
    measures.push({ name: 'page load to the first rows of a list, replica full', unit: 'ms', value: loading, n: 1 });
    measures.push(...(await listMeasures(again, kind)));
    const { processes, heap } = await processMemory(again.app, again.page);
    for (const [name, value] of Object.entries(processes))
      measures.push({ name: `memory of ${name}, large list open`, unit: 'MB', value, n: 1 });
    const all = Object.values(processes).reduce((sum, one) => sum + one, 0);
    measures.push({ name: 'memory of all processes, large list open', unit: 'MB', value: all, n: 1 });
    measures.push({ name: "the renderer's heap, large list open", unit: 'MB', value: heap, n: 1 });
    await again.close();
    return measures;
  } finally {
    await server.stop();
    removeProfile(profile);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From the click on "Sign in" until the first sync says that it is done. */
async function firstSync(profile: string, serverUrl: string): Promise<Measure[]> {
  const first = await ConsolePage.open({ profile, serverUrl });
  await first.page.getByTestId('sign-in-email').fill('admin@steward.example');
  await first.page.getByTestId('sign-in-password').fill('steward-demo');
  const signedIn = performance.now();
  await first.page.getByTestId('sign-in').click();
  await first.page
    .locator('[data-testid="sync-state"][data-first-sync="done"]')
    .waitFor({ timeout: firstSyncPatience });
  const seconds = (performance.now() - signedIn) / 1000;
  const documents = await documentsOf(first);
  await first.close();
  return [
    { name: `first sync of ${documents} documents`, unit: 's', value: seconds, n: documents },
    {
      name: 'first sync, scaled to 100,000 documents',
      unit: 's',
      value: (seconds / documents) * 100_000,
      n: documents,
    },
    { name: 'first sync, documents in a second', unit: 'documents/s', value: documents / seconds, n: documents },
  ];
}

/** From the birth of the app's process, and from the start of the page's loading, to the overview with its figures. */
async function startTimes({ app, page }: ConsolePage): Promise<Measure[]> {
  const shown = await page.waitForFunction(
    () =>
      document.querySelector('[data-testid="overview-tenants"]')?.textContent === '300' && {
        at: Date.now(),
        loaded: performance.now(),
      },
    undefined,
    { polling: 'raf' },
  );
  const value = await shown.jsonValue();
  if (!value) throw new Error('the overview showed no tenants');
  const born = await app.evaluate(() => process.getCreationTime());
  if (born === null) throw new Error('the system does not tell when the app was started');
  return [
    { name: 'start to usable overview, replica full', unit: 'ms', value: value.at - born, n: 1 },
    { name: 'page load to usable overview, replica full', unit: 'ms', value: value.loaded, n: 1 },
  ];
}

async function documentsOf(one: ConsolePage): Promise<number> {
  const text = (await one.page.locator('footer').textContent()) ?? '';
  return Number(/([\d,]+) records here/.exec(text)?.[1]?.replaceAll(',', '') ?? 0);
}
