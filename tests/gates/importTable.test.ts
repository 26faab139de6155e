import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkImportTable } from '#scripts/check-import-table.mjs';

const innocent = {
  'package.json': '{ "type": "module", "imports": { "#shared/*": "./shared/*", "#renderer/*": "./renderer/*" } }',
  'shared/kernel/ids.ts': 'export const id = 1;\n',
  'shared/domain/rules.ts': "import { id } from '#shared/kernel/ids.ts';\nexport type Rule = typeof id;\n",
  'electron/main/index.ts': "import { id } from '../../shared/kernel/ids.ts';\nexport const main = id;\n",
  'renderer/features/tenants/page.ts': 'export const page = 1;\n',
  'sync-server/main.ts': 'export const main = 1;\n',
};

describe('the import table', () => {
  let folder: string;
  const plant = (files: Record<string, string>) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'steward-imports-'));
    plant(innocent);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is content with an innocent tree', () => {
    expect(checkImportTable(folder)).toEqual({ modules: 5, problems: [] });
  });

  it.each([
    [
      'the kernel importing the domain, as a type only',
      'shared/kernel/bad.ts',
      "import type { Rule } from '#shared/domain/rules.ts';\nexport type Bad = Rule;\n",
    ],
    [
      'a feature importing another',
      'renderer/features/rules/bad.ts',
      "export { page } from '#renderer/features/tenants/page.ts';\n",
    ],
    [
      'shared code reading files',
      'shared/domain/bad.ts',
      "import { readFileSync } from 'node:fs';\nexport const bad = readFileSync;\n",
    ],
    [
      'the renderer reaching into the shell',
      'renderer/app/bad.ts',
      "export { main } from '../../electron/main/index.ts';\n",
    ],
    ['an import that leads nowhere', 'renderer/app/bad.ts', "export { none } from './none.ts';\n"],
  ])('catches %s', (_case, path, text) => {
    plant({ [path]: text });
    const { problems } = checkImportTable(folder);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(path);
  });

  it('does not take silence for success', () => {
    rmSync(join(folder, 'shared'), { recursive: true });
    writeFileSync(join(folder, 'electron/main/index.ts'), 'export const main = 1;\n');
    expect(checkImportTable(folder).problems).toEqual(['no module was seen in shared/: the check would prove nothing']);
  });
});
