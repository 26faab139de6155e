import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { electronSwitches } from './console-launch.mjs';
import { artifacts } from './paths.mjs';
import { Refusal, secondsSince, tell } from './tell.mjs';

const patience = 60_000;

/**
 * Starts a packaged console once, waits until it has drawn itself, takes artifacts/NAME.png and ends it. Its fuses
 * refuse the inspector, so it is driven over the DevTools protocol.
 */
export async function smokePackaged(executable, name, environment) {
  const { chromium } = await import('playwright-core');
  const profile = mkdtempSync(join(tmpdir(), 'steward-packaged-'));
  const startedAt = performance.now();
  const parameters = ['--remote-debugging-port=0', `--user-data-dir=${profile}`, ...electronSwitches()];
  const child = spawn(executable, parameters, { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
  const exited = once(child, 'exit');
  try {
    const browser = await chromium.connectOverCDP(await devToolsAddress(child, exited));
    const [context] = browser.contexts();
    const page = context.pages()[0] ?? (await context.waitForEvent('page', { timeout: patience }));
    await page.waitForFunction(() => document.querySelector('#root')?.childElementCount > 0, undefined, {
      timeout: patience,
    });
    const info = await page.evaluate(() => window.steward.app.info());
    await page.waitForTimeout(500);
    mkdirSync(artifacts, { recursive: true });
    await page.screenshot({ path: join(artifacts, `${name}.png`) });
    tell(`${executable} ${info.version} on Electron ${info.electron} drew its window in ${secondsSince(startedAt)}`);
    const control = await browser.newBrowserCDPSession();
    await control.send('Browser.close').catch(() => tell('the connection ended with the window'));
    const [code, signal] = await exited;
    if (code !== 0) throw new Refusal(`${executable} ended with ${code ?? signal} instead of 0.`);
  } finally {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await exited;
    }
    rmSync(profile, { recursive: true, force: true });
  }
}

async function devToolsAddress(child, exited) {
  let output = '';
  let overdue;
  const address = new Promise((resolve, reject) => {
    overdue = setTimeout(
      () => reject(new Refusal(`No window after ${patience / 1000} s. It said:\n${output}`)),
      patience,
    );
    child.stderr.on('data', (chunk) => {
      output = (output + chunk).slice(-4000);
      const found = /DevTools listening on (ws:\S+)/.exec(output);
      if (found) resolve(found[1]);
    });
    exited.then(([code]) => reject(new Refusal(`It ended early with code ${code}. It said:\n${output}`)), reject);
  });
  return address.finally(() => clearTimeout(overdue));
}
