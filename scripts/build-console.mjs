import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command.mjs';
import { root } from './paths.mjs';
import { Refusal, secondsSince, tell } from './tell.mjs';

const stamp = join(root, 'out/.source-hash');
const sources = ['electron', 'renderer', 'shared', 'electron.vite.config.ts', 'package.json', 'package-lock.json'];

/** Builds main, preload and renderer into out/ unless they were built from the very same sources. */
export async function ensureConsoleBuild() {
  const wanted = hashSources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const startedAt = performance.now();
  tell('building the console');
  if ((await buildConsole()) !== 0) throw new Refusal('The build of the console failed; its message is above.');
  writeFileSync(stamp, wanted);
  tell(`console built in ${secondsSince(startedAt)}`);
}

/** Builds whatever the stamp says; answers electron-vite's exit code. */
async function buildConsole() {
  const cli = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const environment = { ...process.env, NODE_ENV: 'production' };
  return runCommand(process.execPath, [cli, 'build', '--logLevel', 'warn'], { env: environment });
}

function hashSources() {
  const hash = createHash('sha256');
  for (const source of sources) {
    const path = join(root, source);
    const files = existsSync(path) && !source.includes('.') ? listFiles(path) : [path];
    for (const file of files) hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function listFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
