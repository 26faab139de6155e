#!/usr/bin/env node
// Takes the place of fpm, which electron-builder fetches from GitHub (CUSTOM_FPM_PATH): understands the arguments that
// electron-builder 26 passes for a deb and builds it with dpkg-deb. Unknown options are refused, never ignored.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

const listOptions = new Set(['d', 'deb-recommends']);
const switches = new Set(['force', 'debug']);
const textOptions = new Set([
  's',
  't',
  'architecture',
  'name',
  'version',
  'iteration',
  'package',
  'maintainer',
  'vendor',
  'url',
  'license',
  'category',
  'description',
  'after-install',
  'after-remove',
  'deb-compression',
  'deb-priority',
  'log',
]);
const compressions = { gz: 'gzip', zst: 'zstd' };

function readParameters(parameters) {
  const options = { d: [], 'deb-recommends': [] };
  const copies = [];
  for (let index = 0; index < parameters.length; index++) {
    const key = /^--?([a-z][a-z-]*)$/.exec(parameters[index])?.[1];
    if (key === undefined) copies.push(readCopy(parameters[index]));
    else if (listOptions.has(key)) options[key].push(parameters[++index]);
    else if (textOptions.has(key)) options[key] = parameters[++index];
    else if (!switches.has(key)) throw new Error(`fpm stand-in: unknown option ${parameters[index]}`);
  }
  if (options.t !== 'deb') throw new Error(`fpm stand-in: builds deb only, not ${options.t}`);
  return { options, copies };
}

/** `source=/target`: what to put where. */
function readCopy(parameter) {
  const [, source, target] = /^(.*?)=(\/.*)$/s.exec(parameter) ?? [];
  if (source === undefined) throw new Error(`fpm stand-in: "${parameter}" is neither an option nor source=/target`);
  return { source, target };
}

function stageFiles(stage, copies) {
  for (const { source, target } of copies) {
    const destination = join(stage, target);
    mkdirSync(source.endsWith('/') ? destination : dirname(destination), { recursive: true });
    if (source.endsWith('/')) {
      cpSync(source, destination, { recursive: true, verbatimSymlinks: true });
    } else {
      copyFileSync(source, destination);
      chmodSync(destination, 0o644);
    }
  }
  execFileSync('chmod', ['-R', 'go-w,a+rX', stage]);
  return readdirSync(stage, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function controlFile(options, files) {
  const [summary, ...details] = options.description
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const fields = {
    Package: options.name,
    Version: options.iteration ? `${options.version}-${options.iteration}` : options.version,
    License: options.license,
    Vendor: options.vendor,
    Architecture: options.architecture,
    Maintainer: options.maintainer,
    'Installed-Size': Math.ceil(files.reduce((sum, file) => sum + statSync(file).size, 0) / 1024),
    Depends: options.d.join(', '),
    Recommends: options['deb-recommends'].join(', '),
    Section: options.category ?? 'default',
    Priority: options['deb-priority'],
    Homepage: options.url,
    Description: [summary, ...details.map((line) => ` ${line}`)].join('\n'),
  };
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}

function buildDeb(stage, options, files) {
  const control = join(stage, 'DEBIAN');
  mkdirSync(control);
  writeFileSync(join(control, 'control'), controlFile(options, files));
  const sums = files.map(
    (file) => `${createHash('md5').update(readFileSync(file)).digest('hex')}  ${relative(stage, file)}\n`,
  );
  writeFileSync(join(control, 'md5sums'), sums.join(''));
  for (const [name, source] of [
    ['postinst', options['after-install']],
    ['postrm', options['after-remove']],
  ]) {
    if (!source) continue;
    copyFileSync(source, join(control, name));
    chmodSync(join(control, name), 0o755);
  }
  const wanted = options['deb-compression'] ?? 'xz';
  const compression = [`-Z${compressions[wanted] ?? wanted}`, '-z', process.env.STEWARD_DEB_LEVEL ?? '6'];
  execFileSync('dpkg-deb', ['--root-owner-group', ...compression, '--build', stage, options.package], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

const { options, copies } = readParameters(process.argv.slice(2));
const work = mkdtempSync(join(tmpdir(), 'steward-deb-'));
try {
  const stage = join(work, 'stage');
  buildDeb(stage, options, stageFiles(stage, copies));
} finally {
  rmSync(work, { recursive: true, force: true });
}
