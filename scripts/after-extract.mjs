// electron-builder hook: an unpacked Electron carries files that only development needs.
import { rmSync } from 'node:fs';
import { join } from 'node:path';

const developmentOnly = ['resources/default_app.asar', 'version', 'stand-in.json'];

export default function afterExtract({ appOutDir, electronPlatformName }) {
  if (electronPlatformName === 'darwin') return;
  for (const name of developmentOnly) rmSync(join(appOutDir, name), { recursive: true, force: true });
}
