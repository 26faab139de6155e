import { cpSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import type { InlineConfig } from 'vite';

const root = resolve(import.meta.dirname, '../..');
const common = { root, configFile: false, logLevel: 'warn' } satisfies InlineConfig;

/** Builds main, engine and page into `folder`, for the runtimes of electron.vite.config.ts; the preload is the product's. */
export async function buildBenchApp(folder: string): Promise<void> {
  await build({
    ...common,
    ssr: { noExternal: true, external: ['electron', 'libsql'] },
    build: {
      ssr: true,
      outDir: join(folder, 'main'),
      emptyOutDir: true,
      target: 'node20.18',
      rolldownOptions: {
        input: { index: join(import.meta.dirname, 'main.ts'), replica: join(import.meta.dirname, 'engine.ts') },
        output: { format: 'es' },
      },
    },
  });
  await build({
    ...common,
    root: import.meta.dirname,
    build: {
      outDir: join(folder, 'renderer'),
      emptyOutDir: true,
      target: 'chrome130',
      minify: true,
      chunkSizeWarningLimit: 4000,
      rolldownOptions: { input: join(import.meta.dirname, 'index.html') },
    },
  });
  cpSync(join(root, 'out/preload'), join(folder, 'preload'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const description = { name: 'steward-bench', type: 'module', main: 'main/index.js' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(description));
}
