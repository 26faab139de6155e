import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasProgram, readCommand, runCommand } from './command.mjs';
import { electronDist } from './paths.mjs';
import { Refusal, secondsSince, tell } from './tell.mjs';

const packages = [
  'xvfb',
  'xauth',
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libdrm2',
  'libxss1',
  'libxtst6',
  'libatk-bridge2.0-0',
  'libnotify4',
  'libsecret-1-0',
  'desktop-file-utils',
];

/** Whether a person's screen is there to open windows on. */
export const hasDisplay = () => Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** Makes sure that Electron's shared libraries, and Xvfb where there is no display, are installed (Linux only). */
export async function ensureSystemLibraries() {
  if (process.platform !== 'linux') return;
  const missing = missingParts();
  if (missing.length === 0) return;
  tell(`missing on this machine: ${missing.join(', ')}`);
  if (!hasProgram('apt-get')) {
    throw new Refusal(
      `Install these with your system's package manager and run again: ${missing.join(', ')}. On Debian they come from: ${packages.join(' ')}`,
    );
  }
  if (process.getuid() !== 0) {
    const names = aptNames();
    throw new Refusal(`Run this command, then run again:\n  sudo apt-get install -y --no-install-recommends ${names}`);
  }
  await installWithApt();
  const still = missingParts();
  if (still.length > 0) throw new Refusal(`Still missing after apt-get install: ${still.join(', ')}.`);
}

function missingParts() {
  const report = readCommand('ldd', [join(electronDist, 'electron')]).stdout;
  const libraries = [...report.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name);
  return hasDisplay() || hasProgram('Xvfb') ? libraries : [...libraries, 'Xvfb'];
}

async function installWithApt() {
  const startedAt = performance.now();
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  tell('installing them with apt-get');
  const quiet = { env: environment, stdio: ['ignore', 'ignore', 'inherit'] };
  if ((await runCommand('apt-get', ['update', '-qq'], quiet)) !== 0)
    tell('apt-get update failed; trying with what it knows');
  const names = aptNames().split(' ');
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...names];
  if ((await runCommand('apt-get', install, quiet)) !== 0) {
    throw new Refusal(
      `apt-get could not install them. Run this and look at its message:\n  apt-get ${install.join(' ')}`,
    );
  }
  tell(`system libraries installed in ${secondsSince(startedAt)}`);
}

/** Since Ubuntu 24.04 and Debian 13 some names end in t64. */
function aptNames() {
  const renamed = packages.map((name) => `${name}t64`);
  const known = new Set(
    readCommand('apt-cache', ['show', '--no-all-versions', ...renamed])
      .stdout.split('\n')
      .filter((line) => line.startsWith('Package: '))
      .map((line) => line.slice('Package: '.length)),
  );
  return packages.map((name) => (known.has(`${name}t64`) ? `${name}t64` : name)).join(' ');
}

/** Whether Chromium's sandbox can work for this person; if not, scripts (never the product) pass --no-sandbox. */
export function sandboxWorks() {
  if (process.platform !== 'linux') return true;
  if (process.getuid() === 0) return false;
  if (readSetting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1') return false;
  return !hasProgram('unshare') || readCommand('unshare', ['--user', '--map-root-user', 'true']).code === 0;
}

function readSetting(path) {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined; // The kernel has no such setting.
  }
}
