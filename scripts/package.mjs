// npm run package: the Linux folder and a deb, then one run of the result. On other systems: what electron-builder.yml
// names for them. Parameters after `--` replace the targets, for example `-- --linux AppImage`.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { ensureConsoleBuild } from './build-console.mjs';
import { hasProgram, readCommand, runCommand } from './command.mjs';
import { openDisplay } from './display.mjs';
import { ensureElectron } from './electron-dist.mjs';
import { pinnedNode, root } from './paths.mjs';
import { smokePackaged } from './smoke-packaged.mjs';
import { Refusal, runMain, secondsSince, tell } from './tell.mjs';

const output = join(root, 'dist');

await runMain(async () => {
  const handedOver = await bootstrap({ desktop: true });
  if (handedOver !== undefined) return handedOver;
  const startedAt = performance.now();
  await ensureConsoleBuild();
  const targets = process.argv.slice(2);
  rmSync(output, { recursive: true, force: true });
  await runBuilder(targets.length > 0 ? targets : defaultTargets());
  if (process.platform === 'linux' && targets.length === 0) await runResults();
  tell(`packaged into dist/ in ${secondsSince(startedAt)}`);
  return 0;
});

function defaultTargets() {
  if (process.platform !== 'linux') return [];
  return ['--linux', 'dir', ...(hasProgram('dpkg-deb') ? ['deb'] : [])];
}

/** With the stand-in Electron nothing comes from GitHub: Electron is the one in place and fpm is ours. */
async function runBuilder(targets) {
  const { version, source } = await ensureElectron();
  const environment = { ...process.env };
  const parameters = [...targets, '--publish', 'never'];
  if (source === 'stand-in') {
    parameters.push('--config', writeStandInConfig(version));
    environment.CUSTOM_FPM_PATH ??= join(root, 'scripts/fpm-stand-in.mjs');
    environment.STEWARD_DEB_LEVEL ??= '1';
  }
  const cli = join(root, 'node_modules/electron-builder/cli.js');
  if ((await runCommand(pinnedNode, [cli, ...parameters], { env: environment })) !== 0) {
    throw new Refusal('electron-builder failed; its message is above.');
  }
}

/** The stand-in has no SQLite of its own: libsql travels beside the app, with what it needs. */
function writeStandInConfig(version) {
  const engine = ['libsql', '@libsql/linux-x64-gnu', '@neon-rs/load', 'detect-libc'];
  const config = {
    extends: join(root, 'electron-builder.yml'),
    electronDist: 'node_modules/electron/dist',
    electronVersion: version,
    deb: { compression: 'gz' },
    extraResources: engine.map((name) => ({ from: `node_modules/${name}`, to: `engine/node_modules/${name}` })),
  };
  const file = join(root, 'node_modules/.steward-builder.json');
  writeFileSync(file, JSON.stringify(config));
  return file;
}

/** Runs the folder, and the deb as installed where root may install it (it is purged again). */
async function runResults() {
  const display = await openDisplay();
  try {
    await smokePackaged(join(output, 'linux-unpacked/steward'), 'packaged-folder', display.environment);
    const deb = readdirSync(output).find((name) => name.endsWith('.deb'));
    if (deb) await runInstalled(join(output, deb), display.environment);
  } finally {
    await display.close();
  }
}

async function runInstalled(deb, environment) {
  const name = readCommand('dpkg-deb', ['-f', deb, 'Package']).stdout.trim();
  if (process.getuid() !== 0 || !hasProgram('apt-get')) return tell(`install it with: sudo apt-get install ${deb}`);
  if (readCommand('dpkg', ['-s', name]).code === 0) return tell(`${name} is installed already: it is left alone`);
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  tell(`installing ${deb}`);
  if ((await runCommand('apt-get', ['install', '-y', '-qq', '--no-install-recommends', deb], quiet)) !== 0) {
    throw new Refusal(`apt-get could not install ${deb}; its message is above.`);
  }
  try {
    for (const line of readCommand('dpkg', ['-L', name]).stdout.split('\n')) {
      if (line.endsWith('.desktop')) checkDesktopFile(line);
    }
    await smokePackaged(`/usr/bin/${name}`, 'packaged-deb', environment);
  } finally {
    await runCommand('apt-get', ['purge', '-y', '-qq', name], quiet);
  }
  const left = [`/usr/bin/${name}`, '/opt/Steward'].filter((path) => existsSync(path));
  if (left.length > 0) throw new Refusal(`After removing the package these are still there: ${left.join(', ')}.`);
  return undefined;
}

function checkDesktopFile(path) {
  const { code, stdout } = readCommand('desktop-file-validate', [path]);
  if (code !== 0) throw new Refusal(`${path} is no valid desktop file: ${stdout}`);
  if (!readFileSync(path, 'utf8').includes('x-scheme-handler/steward')) {
    throw new Refusal(`${path} does not claim steward:// links.`);
  }
}
