import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readCommand } from './command.mjs';
import { pinnedNode, root } from './paths.mjs';

const environments = ['shared', 'electron', 'renderer', 'sync-server'];

/**
 * Holds a source tree against the import table. Answers the modules seen and every problem in words; an environment
 * in which no module was seen is a problem, because the tool is content with nothing.
 * @param {string} folder
 * @returns {{ modules: number, problems: string[] }}
 */
export function checkImportTable(folder) {
  const cli = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const targets = [...environments, 'tests', 'bench', 'scripts'].filter((name) => existsSync(join(folder, name)));
  const parameters = [cli, '--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', ...targets];
  const { stdout, stderr } = readCommand(pinnedNode, parameters, { cwd: folder });
  const report = parseReport(stdout, stderr);
  const sources = report.modules.map((module) => module.source).filter((source) => /\.[mc]?[jt]sx?$/.test(source));
  const unseen = environments
    .filter((name) => !sources.some((source) => source.startsWith(`${name}/`)))
    .map((name) => `no module was seen in ${name}/: the check would prove nothing`);
  const violations = report.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
  return { modules: sources.length, problems: [...unseen, ...violations] };
}

function parseReport(stdout, stderr) {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`dependency-cruiser answered no JSON. It said: ${stderr.trim()}`);
  }
}
