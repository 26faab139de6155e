import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect as openTls } from 'node:tls';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/kernel/json.ts';
import { readCommandLine } from '#server/config/options.ts';
import { readTlsFiles } from '#server/config/tlsFiles.ts';
import { makeTlsCertificate } from '#tests/support/tlsCertificate.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const entry = resolve(import.meta.dirname, '../../sync-server/main.ts');

describe('a server with a certificate', { timeout: 60_000 }, () => {
  let folder: string;
  let child: ChildProcess;
  let url: string;
  const lines: JsonObject[] = [];
  let heard: () => void = () => undefined;
  const first = makeTlsCertificate('first.steward.example');
  const second = makeTlsCertificate('second.steward.example');

  const put = (cert: string, key: string) => {
    writeFileSync(join(folder, 'cert.pem'), cert);
    writeFileSync(join(folder, 'key.pem'), key);
  };
  const line = async (message: string): Promise<JsonObject> => {
    for (;;) {
      const found = lines.findIndex((one) => one['msg'] === message);
      if (found >= 0) return lines.splice(0, found + 1).at(-1) ?? {};
      await new Promise<void>((wake) => (heard = wake));
    }
  };
  beforeAll(async () => {
    folder = temporaryFolder('tls');
    put(first.cert, first.key);
    const files = ['--tls-cert', join(folder, 'cert.pem'), '--tls-key', join(folder, 'key.pem')];
    const account = ['--admin-email', 'admin@steward.example', '--admin-password', 'a long passphrase of ours'];
    child = spawn(process.execPath, [entry, '--port', '0', '--data', join(folder, 'data'), ...files, ...account]);
    child.stdout?.on('data', (chunk: Buffer) => {
      for (const one of chunk.toString().split('\n').filter(Boolean)) lines.push(JSON.parse(one) as JsonObject);
      heard();
    });
    url = String((await line('ready'))['url']);
  });
  afterAll(async () => {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  });

  const ask = async (path: string, ca: string, body?: JsonObject) => {
    const sent = request(`${url}${path}`, {
      ca,
      agent: false,
      ...(body ? { method: 'POST', headers: { 'content-type': 'application/json' } } : {}),
    });
    sent.end(body ? JSON.stringify(body) : undefined);
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    return { status: answer.statusCode, headers: answer.headers, body: JSON.parse(await text(answer)) as JsonObject };
  };
  const nameOf = async (): Promise<string> => {
    const line = openTls({ port: Number(new URL(url).port), host: '127.0.0.1', rejectUnauthorized: false });
    await once(line, 'secureConnect');
    const { CN } = line.getPeerCertificate().subject;
    line.destroy();
    return String(CN);
  };

  it('speaks HTTPS, which browsers keep to, and WSS on the same port', async () => {
    expect(url).toMatch(/^https:/);
    const { headers, body } = await ask('/healthz', first.cert);
    expect(body).toEqual({ ok: true });
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
    const login = { email: 'admin@steward.example', password: 'a long passphrase of ours', clientId: 'desk' };
    const session = await ask('/v1/auth/login', first.cert, login);
    expect(session.status).toBe(200);
    const socket = io(`${url}/sync`, {
      transports: ['websocket'],
      ca: first.cert,
      forceNew: true,
      reconnection: false,
      auth: { token: session.body['accessToken'], clientId: 'desk', schemaVersion: 1, appVersion: 'test' },
    });
    const hello = await new Promise<JsonObject>((wake, fail) => socket.once('hello', wake).once('connect_error', fail));
    expect(hello['principal']).toMatchObject({ name: 'admin' });
    socket.disconnect();
  });

  it('answers nothing without encryption, and no strangers without the certificate', async () => {
    await expect(fetch(url.replace('https:', 'http:'))).rejects.toThrow('fetch failed');
    await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed');
  });

  it('shows a renewed certificate after SIGHUP, and keeps the old one where the new files do not fit', async () => {
    expect(await nameOf()).toBe('first.steward.example');
    put(second.cert, second.key);
    child.kill('SIGHUP');
    await line('certificate and key were read again');
    expect(await nameOf()).toBe('second.steward.example');
    put(first.cert, second.key);
    child.kill('SIGHUP');
    const kept = await line('certificate and key stay as they were');
    expect((kept['err'] as JsonObject)['message']).toMatch(/is not the key of the first certificate/);
    expect(await nameOf()).toBe('second.steward.example');
    expect((await ask('/healthz', second.cert)).status).toBe(200);
  });
});

it('files that cannot serve are refused in words', () => {
  const folder = temporaryFolder('tls');
  const [one, other] = [makeTlsCertificate('one'), makeTlsCertificate('other')];
  const write = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const [cert, key] = [write('cert', one.cert), write('key', one.key)];
  const read = (...options: string[]) => {
    const parsed = readCommandLine(options, {});
    return parsed.command === 'serve' ? readTlsFiles(parsed.options) : undefined;
  };
  expect(read()).toBeUndefined();
  expect(read('--tls-cert', cert, '--tls-key', key)).toEqual(one);
  expect(() => read('--tls-cert', cert)).toThrow(/needs --tls-key/);
  expect(() => read('--tls-key', key)).toThrow(/needs --tls-cert/);
  expect(() => read('--tls-cert', join(folder, 'none'), '--tls-key', key)).toThrow(/cannot be read \(ENOENT\)/);
  expect(() => read('--tls-cert', key, '--tls-key', key)).toThrow(/holds no certificate/);
  expect(() => read('--tls-cert', cert, '--tls-key', cert)).toThrow(/holds no private key/);
  expect(() => read('--tls-cert', cert, '--tls-key', write('other', other.key))).toThrow(/is not the key of/);
});
