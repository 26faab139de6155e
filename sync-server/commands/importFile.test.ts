import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { openSqliteStore } from '../storage/sqlite/openSqliteStore.ts';

const entry = resolve(import.meta.dirname, '../main.ts');

describe('npm run server -- import FILE', () => {
  const folder = mkdtempSync(join(tmpdir(), 'steward-import-'));
  let made = 0;
  let data = '';
  const run = (name: string, text: string, ...options: string[]) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [entry, 'import', file, '--data', data, ...options],
      { encoding: 'utf8' },
    );
    return { status, stdout, stderr };
  };
  const stored = async (kind: string): Promise<RecordEnvelope[]> => {
    const store = openSqliteStore(data, () => Date.now());
    const records = await store.recordsOfKind(kind);
    await store.close();
    return records.flatMap((record) => (isTombstone(record) ? [] : [record]));
  };
  const task = (title: string, more: object = {}) => JSON.stringify({ kind: 'task', body: { title }, ...more });
  beforeAll(() => {
    data = join(folder, `data-${(made += 1)}`);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('takes JSON Lines, gives each row its audit entry and fills what is missing', async () => {
    const outcome = run('two.jsonl', `\uFEFF${task('One', { id: 'task-1' })}\n\n${task('Two')}\n`);
    expect(outcome).toMatchObject({ status: 0, stderr: '' });
    const tasks = await stored('task');
    expect(tasks.map((one) => `${String(one.body['title'])} ${one.status}`).sort()).toEqual(['One open', 'Two open']);
    expect(tasks.map((one) => one.body['priority'])).toEqual(['normal', 'normal']);
    const reasons = (await stored('auditEntry')).map((one) => String(one.body['reason']));
    expect(reasons.sort()).toEqual(['Imported from two.jsonl, row 1', 'Imported from two.jsonl, row 3']);
  });

  it('takes CSV with typed cells', async () => {
    const header = 'kind,tenantId,title,priority,dueAt';
    expect(run('tasks.csv', `${header}\ntask,,"Comma, ""quoted""",high,2026-03-01T08:00:00.000Z\n`).stderr).toBe('');
    const found = (await stored('task')).find((one) => one.body['priority'] === 'high');
    expect(found?.body).toMatchObject({ title: 'Comma, "quoted"', dueAt: '2026-03-01T08:00:00.000Z' });
  });

  it('names every row that is wrong and takes none of the file', async () => {
    const before = (await stored('task')).length;
    const rows = [
      task('Good'),
      '{not json',
      '[]',
      '{"body":{}}',
      JSON.stringify({ kind: 'unicorn' }),
      task(''),
      task('x', { body: { title: 'x', colour: 'red' } }),
      task('x', { status: 'nowhere' }),
      JSON.stringify({ kind: 'member', body: { name: 'No tenant' } }),
      task('Same', { id: 'twice' }),
      task('Same', { id: 'twice' }),
    ];
    const { status, stderr } = run('bad.jsonl', rows.join('\n'));
    expect(status).toBe(1);
    expect(stderr).toContain('9 rows need correction');
    for (const row of [2, 3, 4, 5, 6, 7, 8, 9, 11]) expect(stderr).toContain(`row ${row}: `);
    expect(stderr).toMatch(/row 7: 'colour' is not a field of task/);
    expect(stderr).toMatch(/row 11: has the same id as row 10/);
    expect(await stored('task')).toHaveLength(before);
  });

  it('takes all back when a late row meets a record that is there already', async () => {
    const before = (await stored('task')).length;
    const { status, stderr } = run('late.jsonl', `${task('New')}\n${task('Again', { id: 'task-1' })}\n`);
    expect(status).toBe(1);
    expect(stderr).toContain('row 2: there is a record with the id task-1 already');
    expect(await stored('task')).toHaveLength(before);
  });

  it.each([
    ['empty.jsonl', '', /has no rows/],
    ['broken.csv', 'kind,title\ntask,"open', /not CSV/],
    ['nokind.csv', 'title\nx\n', /row 2: names no kind/],
  ])('says what is wrong with %s', (name, text, message) => {
    const { status, stderr } = run(name, text);
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
  });

  it('says in words that a file is not there', () => {
    const outcome = spawnSync(process.execPath, [entry, 'import', join(folder, 'missing.csv'), '--data', data], {
      encoding: 'utf8',
    });
    expect(outcome.status).not.toBe(0);
    expect(outcome.stderr).toContain('missing.csv');
    expect(outcome.stderr).not.toMatch(/\bat \S+ \(/);
  });
});
