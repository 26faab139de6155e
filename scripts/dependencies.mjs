import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command.mjs';
import { pinnedNode, root } from './paths.mjs';
import { Refusal, secondsSince, tell } from './tell.mjs';

const stamp = join(root, 'node_modules/.steward-lock-hash');

/** Installs the locked dependencies when node_modules is missing or made from another lockfile. */
export async function ensureDependencies() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const present = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (present === wanted && existsSync(pinnedNode)) return;
  if (existsSync(pinnedNode) && lockIsInstalled()) {
    writeFileSync(stamp, wanted);
    return;
  }
  const startedAt = performance.now();
  tell(present ? 'package-lock.json changed: installing dependencies (npm ci)' : 'installing dependencies (npm ci)');
  if (!(await runNpm('ci'))) {
    // A registry that lacks some optional packages of other systems makes `npm ci` refuse a sound lockfile.
    tell('npm ci refused; trying npm install, which keeps to the lockfile too');
    if (!(await runNpm('install', '--no-save'))) {
      throw new Refusal(
        'The dependencies could not be installed. npm says why above; can the npm registry be reached?',
      );
    }
  }
  if (!existsSync(pinnedNode)) {
    throw new Refusal(
      `npm ci left out ${pinnedNode}: the install script of the package "node" did not run. Allow install scripts (npm config set ignore-scripts false), remove node_modules and run again.`,
    );
  }
  writeFileSync(stamp, wanted);
  tell(`dependencies installed in ${secondsSince(startedAt)}`);
}

/** A node_modules made by a person's own `npm install` has the same packages in npm's hidden lockfile. */
function lockIsInstalled() {
  const hidden = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(hidden)) return false;
  const { packages: installed } = JSON.parse(readFileSync(hidden, 'utf8'));
  const { packages: locked } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(locked).every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  );
}

async function runNpm(...parameters) {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  // On Windows npm is a script, which only a shell starts.
  return (await runCommand('npm', [...parameters, ...quiet], { shell: process.platform === 'win32' })) === 0;
}
