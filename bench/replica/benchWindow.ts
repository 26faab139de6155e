import { join, resolve } from 'node:path';
import { _electron } from 'playwright-core';
import type { ElectronApplication, Page } from 'playwright-core';
import type { StorageName } from './storages.ts';

const root = resolve(import.meta.dirname, '../..');

export interface BenchWindow {
  app: ElectronApplication;
  page: Page;
  close: () => Promise<void>;
}

/** Starts the built bench app in the console's own Electron. */
export async function openBenchWindow(folder: string, profile: string, storage: StorageName): Promise<BenchWindow> {
  const switches = process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : ['--disable-gpu'];
  const app = await _electron.launch({
    executablePath: join(root, 'node_modules/electron/dist/electron'),
    args: [folder, ...switches],
    cwd: folder,
    env: {
      ...(process.env as Record<string, string>),
      STEWARD_USER_DATA: profile,
      STEWARD_BENCH_STORAGE: storage,
    },
    timeout: 60_000,
  });
  app.process().stderr?.on('data', (text: Buffer) => {
    const lines = text.toString().split('\n');
    for (const line of lines) if (/^(warn|error) /.test(line)) process.stderr.write(`${line}\n`);
  });
  const page = await app.firstWindow();
  page.on('pageerror', (error) => process.stderr.write(`page: ${error.stack ?? error.message}\n`));
  await page.waitForFunction(() => 'bench' in window);
  return { app, page, close: () => app.close() };
}
