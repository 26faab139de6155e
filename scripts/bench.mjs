// npm run bench -- …: repeatable measurements; its options are its own (`-- --json`).
import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { ensureConsoleBuild } from './build-console.mjs';
import { runCommand } from './command.mjs';
import { openDisplay } from './display.mjs';
import { pinnedNode, root } from './paths.mjs';
import { runMain } from './tell.mjs';

await runMain(async () => {
  const handedOver = await bootstrap({ desktop: true });
  if (handedOver !== undefined) return handedOver;
  await ensureConsoleBuild();
  const display = await openDisplay();
  try {
    return await runCommand(pinnedNode, [join(root, 'bench/main.ts'), ...process.argv.slice(2)], {
      env: display.environment,
    });
  } finally {
    await display.close();
  }
});
