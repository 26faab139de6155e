import { dirname, join, resolve } from 'node:path';
import { build } from 'vite';
import type { Plugin } from 'vite';

const root = resolve(import.meta.dirname, '../..');

/**
 * Bundles the real server, so that a test that starts it hundreds of times loads one file instead of 1,400 each time. Answers
 * the file to start.
 */
export async function bundleServer(folder: string): Promise<string> {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    ssr: { noExternal: true },
    plugins: [ownThreads],
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      minify: false,
      target: 'node24',
      rolldownOptions: {
        input: { main: join(root, 'sync-server/main.ts') },
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  return join(folder, 'main.mjs');
}

/** Files that are started as processes or threads of their own are files beside the bundle too. */
const ownThreads: Plugin = {
  name: 'own-threads',
  transform(code, id) {
    if (!id.includes('/sync-server/')) return undefined;
    return code.replaceAll(/new URL\((['"])\.\/(\w+)\.ts\1, import\.meta\.url\)/g, (_, _quote, name: string) => {
      this.emitFile({ type: 'chunk', id: join(dirname(id), `${name}.ts`), fileName: `${name}.mjs` });
      return `new URL('./${name}.mjs', import.meta.url)`;
    });
  },
};
