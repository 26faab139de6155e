import { join } from 'node:path';
import { checkImportTable } from './check-import-table.mjs';
import { checkLocales } from './check-locales.mjs';
import { runCommand } from './command.mjs';
import { checkElectronFloor } from './electron-floor.mjs';
import { pinnedNode, root } from './paths.mjs';

const packageFile = (path) => join(root, 'node_modules', path);

/** A step counts as one passed or one failed check. */
const one = (ok) => (ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

const command = (name, file, parameters) => ({
  name,
  run: async () => one((await runCommand(pinnedNode, [packageFile(file), ...parameters])) === 0),
});

const typeCheck = (name, project) => command(`Types: ${name}`, 'typescript/bin/tsc', ['--noEmit', '-p', project]);

/** Prints every problem in words. */
const problemCheck = (name, check, count) => ({
  name,
  run: async () => {
    const report = check();
    for (const problem of report.problems) console.error(problem);
    console.log(count(report));
    return one(report.problems.length === 0);
  },
});

export const checkSteps = [
  command('Format', 'oxfmt/bin/oxfmt', ['--check', '.']),
  command('Lint', 'oxlint/bin/oxlint', ['--type-aware', '--deny-warnings']),
  typeCheck('shared', 'shared'),
  typeCheck('sync server', 'sync-server'),
  typeCheck('electron', 'electron'),
  typeCheck('renderer', 'renderer'),
  typeCheck('tests and tools', 'tsconfig.json'),
  { name: 'Types: the oldest Electron', run: checkElectronFloor },
  problemCheck(
    'Import table',
    () => checkImportTable(root),
    ({ modules }) => `${modules} modules seen`,
  ),
  problemCheck(
    'Languages',
    () => checkLocales(join(root, 'renderer/locales')),
    ({ keys }) => `${keys} English texts compared`,
  ),
  command('Dead code', 'knip/bin/knip.js', ['--no-progress']),
];
