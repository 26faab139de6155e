import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connect, post } from '#tests/support/protocolClient.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const entry = join(import.meta.dirname, '../../sync-server/main.ts');
const password = 'seven lanterns over the harbour';
let folder: string;
let stop: () => Promise<void>;
let url: string;
let code: string;

async function start(): Promise<void> {
  const child = spawn(process.execPath, [entry, '--port', '0', '--data', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('"ready"')) resolve();
    });
  });
  stop = async () => {
    if (child.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  };
  await Promise.race([ready, once(child, 'exit').then(() => Promise.reject(new Error(output)))]);
  url = /"url":"([^"]+)"/.exec(output)?.[1] ?? '';
  code = /^ {6}(\w{4}-\w{4}-\w{4})$/m.exec(output)?.[1] ?? '';
}
beforeEach(async () => {
  folder = temporaryFolder('setup');
  await start();
});
afterEach(async () => {
  await stop();
});

const setUp = (given: string, email = 'ada@steward.example') =>
  post(url, '/v1/setup', { code: given, email, displayName: 'Ada', password, locale: 'fr' });
const needed = async () => ((await (await fetch(`${url}/v1/setup`)).json()) as { needed: boolean }).needed;

it('a server without staff is set up once, with the code it printed, and the administrator may do everything', async () => {
  expect(code).not.toBe('');
  expect(await needed()).toBe(true);
  expect((await setUp('AAAA-AAAA-AAAA')).body).toMatchObject({ error: { code: 'invalid_credentials', path: 'code' } });
  const common = { code, email: 'a@b.example', displayName: 'A', password: 'password1234' };
  expect(await post(url, '/v1/setup', common)).toMatchObject({
    status: 422,
    body: { error: { path: 'password', details: { reason: 'common' } } },
  });
  expect(await needed()).toBe(true);
  const both = await Promise.all([setUp(code.toLowerCase().replaceAll('-', ' ')), setUp(code, 'eve@steward.example')]);
  expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 410]);
  expect(await needed()).toBe(false);
  expect((await setUp(code)).status).toBe(410);
  const client = await connect(url, String(both.find(({ status }) => status === 200)?.body['email']), password);
  expect(client.hello).toMatchObject({ permissions: ['*'] });
  const { documents } = await client.pullAll('access');
  expect(documents.filter(({ kind }) => kind === 'staff')).toMatchObject([{ body: { locale: 'fr' } }]);
  expect(documents.filter(({ kind }) => kind === 'role').length).toBeGreaterThan(5);
  client.close();
  await stop();
  await start();
  expect(code).toBe('');
});
