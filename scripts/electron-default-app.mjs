// Takes the place of Electron's own default_app in the stand-in: `electron [-r module] [switches] <folder> [args]`.
// The top-level await matters: Electron holds `ready` back until this module has been evaluated, so an application
// written as an ES module registers its schemes in time.
import { existsSync, readFileSync } from 'node:fs';
import Module from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

function readCommandLine(parameters) {
  const required = [];
  for (let index = 0; index < parameters.length; index++) {
    const parameter = parameters[index];
    if (parameter === '-r' || parameter === '--require') required.push(parameters[++index]);
    else if (parameter === '-v' || parameter === '--version') return { showVersion: true, required };
    else if (!parameter.startsWith('-')) return { target: resolve(parameter), required };
  }
  return { required };
}

const { target, required, showVersion } = readCommandLine(process.argv.slice(1));
if (showVersion) {
  console.log(`v${process.versions.electron}`);
  process.exit(0);
}
if (!target) {
  console.error('electron: name the folder of an application, for example `electron .`');
  process.exit(1);
}

Module._preloadModules(required);
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });

const manifest = join(target, 'package.json');
if (existsSync(manifest)) {
  const { name, productName, version, desktopName } = JSON.parse(readFileSync(manifest, 'utf8'));
  if (version) app.setVersion(version);
  app.setName(productName ?? name);
  app.setDesktopName(desktopName ?? `${app.name}.desktop`);
}

try {
  const entry = Module._resolveFilename(target, null, true);
  app.setAppPath(existsSync(manifest) ? target : dirname(entry));
  await import(pathToFileURL(entry).href);
} catch (error) {
  console.error(`electron: the application in ${target} failed while loading`);
  console.error(error);
  process.exit(1);
}
