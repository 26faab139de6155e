// npm run server -- …: the sync server by itself; its options are its own (`-- --help`).
import { bootstrap } from './bootstrap.mjs';
import { runCommand } from './command.mjs';
import { pinnedNode } from './paths.mjs';
import { serverEntry } from './server-process.mjs';
import { runMain } from './tell.mjs';

await runMain(
  async () => (await bootstrap({ desktop: false })) ?? runCommand(pinnedNode, [serverEntry, ...process.argv.slice(2)]),
);
