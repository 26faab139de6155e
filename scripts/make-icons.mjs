// Draws build/icons/*.png and build/icon.png from build/icon.svg, in the real Electron. Run after changing the mark:
// node scripts/make-icons.mjs
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { electronSwitches } from './console-launch.mjs';
import { openDisplay } from './display.mjs';
import { electronDist, root } from './paths.mjs';
import { runMain, tell } from './tell.mjs';

const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

await runMain(async () => {
  const handedOver = await bootstrap({ desktop: true });
  if (handedOver !== undefined) return handedOver;
  const { _electron } = await import('playwright-core');
  const display = await openDisplay();
  const app = await _electron.launch({
    executablePath: join(electronDist, 'electron'),
    args: [join(import.meta.dirname, 'blank-window'), ...electronSwitches()],
    env: display.environment,
  });
  try {
    const page = await app.firstWindow();
    const mark = readFileSync(join(root, 'build/icon.svg'), 'utf8');
    mkdirSync(join(root, 'build/icons'), { recursive: true });
    for (const size of sizes) writeIcon(size, await page.evaluate(drawMark, { mark, size }));
  } finally {
    await app.close();
    await display.close();
  }
  tell(`drew ${sizes.length} sizes into build/icons`);
  return 0;
});

/** Runs in the page: answers the mark as base64 PNG with a transparent ground. */
async function drawMark({ mark, size }) {
  const picture = new Image();
  picture.src = `data:image/svg+xml;base64,${btoa(mark)}`;
  await picture.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
  canvas.getContext('2d').drawImage(picture, 0, 0, size, size);
  return canvas.toDataURL('image/png').split(',')[1];
}

function writeIcon(size, base64) {
  const png = Buffer.from(base64, 'base64');
  writeFileSync(join(root, `build/icons/${size}x${size}.png`), png);
  if (size === 1024) writeFileSync(join(root, 'build/icon.png'), png);
}
