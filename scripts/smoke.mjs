import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureConsoleBuild } from './build-console.mjs';
import { demoAccount, electronSwitches } from './console-launch.mjs';
import { openDisplay } from './display.mjs';
import { artifacts, electronDist, root } from './paths.mjs';
import { freePort, startServer } from './server-process.mjs';
import { Refusal, tell } from './tell.mjs';

const patience = 240_000;

/** The whole start without a person; prints one JSON line and answers the exit code. */
export async function smoke({ bootstrapMs }) {
  const folder = mkdtempSync(join(tmpdir(), 'steward-smoke-'));
  const closers = [async () => rmSync(folder, { recursive: true, force: true })];
  let overdue;
  let interrupt;
  const limit = new Promise((_, reject) => {
    overdue = setTimeout(
      () => reject(new Refusal(`The smoke test was not over after ${patience / 1000} s.`)),
      patience,
    );
    interrupt = (signal) => reject(new Refusal(`The smoke test was ended by ${signal}.`));
  });
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    const report = await Promise.race([walkThrough(folder, closers), limit]);
    process.stdout.write(`${JSON.stringify({ ok: true, bootstrapMs, ...report })}\n`);
    return 0;
  } finally {
    clearTimeout(overdue);
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    for (const close of closers.reverse()) await close();
  }
}

async function walkThrough(folder, closers) {
  const lap = stopwatch();
  await ensureConsoleBuild();
  const buildMs = lap();
  tell('starting the sync server with demo data');
  const server = await startServer({ port: await freePort(), data: join(folder, 'server') });
  closers.push(server.stop);
  const serverMs = lap();
  const display = await openDisplay();
  closers.push(display.close);
  tell('opening the console');
  const { page, electronVersion } = await openConsole(folder, server.url, display.environment, closers);
  const windowMs = lap();
  const tenants = await untilDemoDataShows(page);
  const syncedMs = lap();
  mkdirSync(artifacts, { recursive: true });
  await page.screenshot({ path: join(artifacts, 'smoke.png') });
  return { electronVersion, tenants, buildMs, serverMs, windowMs, syncedMs, screenshot: 'artifacts/smoke.png' };
}

async function openConsole(folder, serverUrl, environment, closers) {
  const { _electron } = await import('playwright-core');
  const app = await _electron.launch({
    executablePath: join(electronDist, process.platform === 'win32' ? 'electron.exe' : 'electron'),
    args: ['.', ...electronSwitches()],
    cwd: root,
    env: {
      ...environment,
      STEWARD_MULTI: '1',
      STEWARD_USER_DATA: join(folder, 'console'),
      STEWARD_SERVER_URL: serverUrl,
      STEWARD_DEMO_EMAIL: demoAccount.email,
      STEWARD_DEMO_PASSWORD: demoAccount.password,
    },
    timeout: 60_000,
  });
  closers.push(() => app.close());
  const electronVersion = await app.evaluate(() => process.versions.electron);
  return { page: await app.firstWindow(), electronVersion };
}

/** Waits until the overview shows what the first sync brought; answers its tenant count. */
async function untilDemoDataShows(page) {
  const complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  try {
    await page
      .locator('[data-testid="sync-state"][data-state="online"][data-first-sync="done"]')
      .waitFor({ state: 'attached', timeout: patience });
    const count = await page.waitForFunction(
      () => {
        const text = document.querySelector('[data-testid="overview-tenants"]')?.textContent ?? '';
        return Number(text.replaceAll(/[^0-9]/g, ''));
      },
      undefined,
      { timeout: 60_000 },
    );
    return await count.jsonValue();
  } catch (error) {
    mkdirSync(artifacts, { recursive: true });
    await page
      .screenshot({ path: join(artifacts, 'smoke-failure.png') })
      .catch(() => tell('no screenshot: the page is gone'));
    const said = complaints.length > 0 ? complaints.slice(-10).join('\n') : 'nothing';
    throw new Refusal(
      `The console did not show synced demo data (${error.message.split('\n')[0]}). See artifacts/smoke-failure.png. The page complained:\n${said}`,
    );
  }
}

function stopwatch() {
  let since = performance.now();
  return () => {
    const now = performance.now();
    const passed = Math.round(now - since);
    since = now;
    return passed;
  };
}
