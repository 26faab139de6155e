import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import mantinePreset from 'postcss-preset-mantine';

const root = import.meta.dirname;
// The oldest Electron that runs these files: 33.2.1 (Node 20.18, Chrome 130), see scripts/electron-dist.mjs.
const nodeTarget = 'node20.18';
const chromeTarget = 'chrome130';

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: nodeTarget,
      externalizeDeps: false,
      lib: {
        entry: { index: resolve(root, 'electron/main/index.ts'), replica: resolve(root, 'electron/replica/index.ts') },
        formats: ['es'],
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: nodeTarget,
      externalizeDeps: false,
      // A sandboxed preload has to be one CommonJS file.
      lib: { entry: resolve(root, 'electron/preload/index.ts'), formats: ['cjs'], fileName: () => 'index.cjs' },
    },
  },
  renderer: {
    root: resolve(root, 'renderer'),
    plugins: [react()],
    css: { postcss: { plugins: [mantinePreset()] } },
    build: {
      outDir: resolve(root, 'out/renderer'),
      target: chromeTarget,
      minify: true,
      chunkSizeWarningLimit: 4000,
      // The policy allows data: images only; fonts and the rest stay files of app://.
      assetsInlineLimit: 0,
      rolldownOptions: { input: resolve(root, 'renderer/index.html') },
    },
  },
});
