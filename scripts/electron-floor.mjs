import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCommand, runCommand } from './command.mjs';
import { standIn } from './electron-stand-in.mjs';
import { cacheFolder, pinnedNode, root } from './paths.mjs';
import { tell } from './tell.mjs';

const types = join(cacheFolder, `electron-${standIn.version}.d.ts`);

/**
 * Checks electron/ against the types of the oldest Electron it must run on. Without a network the types may be
 * missing: then the step says so and counts as nothing.
 */
export async function checkElectronFloor() {
  if (!existsSync(types) && !fetchTypes()) {
    tell(`the types of Electron ${standIn.version} cannot be fetched here: not checked`);
    return { passed: 0, failed: 0 };
  }
  const project = join(root, 'node_modules/.steward-electron-floor.json');
  writeFileSync(
    project,
    JSON.stringify({
      extends: join(root, 'electron/tsconfig.json'),
      compilerOptions: { paths: { electron: [types] } },
      include: [join(root, 'electron')],
      exclude: [join(root, 'electron/**/*.test.ts')],
    }),
  );
  const code = await runCommand(pinnedNode, [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', project]);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function fetchTypes() {
  mkdirSync(cacheFolder, { recursive: true });
  const work = mkdtempSync(join(cacheFolder, 'types-'));
  try {
    tell(`fetching the types of Electron ${standIn.version}`);
    readCommand('npm', ['pack', `electron@${standIn.version}`, '--silent', '--pack-destination', work], {
      timeout: 60_000,
    });
    const archive = readdirSync(work).find((name) => name.endsWith('.tgz'));
    if (!archive) return false;
    if (readCommand('tar', ['-xzf', join(work, archive), '-C', work, 'package/electron.d.ts']).code !== 0) return false;
    renameSync(join(work, 'package/electron.d.ts'), types);
    return true;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
