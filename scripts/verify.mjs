// npm run verify -- bundle.json: checks an audit bundle; needs neither a server nor an account. See docs/audit.md.
import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { runCommand } from './command.mjs';
import { pinnedNode, root } from './paths.mjs';
import { runMain, tell } from './tell.mjs';

// A file is named as seen from where the command was given.
const cwd = process.env.INIT_CWD ?? process.cwd();

await runMain(async () => {
  const ready = await bootstrap({ desktop: false }).catch((error) => {
    tell(error.message);
    // 1 says that a bundle has findings.
    return 2;
  });
  if (ready !== undefined) return ready;
  return runCommand(pinnedNode, [join(root, 'sync-server/verify.ts'), ...process.argv.slice(2)], { cwd });
});
