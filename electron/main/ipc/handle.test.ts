import { beforeEach, describe, expect, it } from 'vitest';
import type { IpcAnswer } from '#shared/ipc/answer.ts';
import { ipcChannels } from '#shared/ipc/contract.ts';
import type { IpcChannel, StoredSession } from '#shared/ipc/contract.ts';
import type { LockState } from '#shared/ipc/lock.ts';
import { handleIpc } from './handle.ts';
import type { CallingFrame, IpcHandlers, IpcReceiver } from './handle.ts';

const page: CallingFrame = { url: 'app://steward/index.html#/tenants', parent: null };
const session: StoredSession = {
  refreshToken: 'token',
  email: 'admin@steward.example',
  serverUrl: 'http://127.0.0.1:4780',
};

const open: LockState = {
  locked: '',
  opensWith: 'password',
  secret: 'password',
  triesLeft: 10,
  waitSeconds: 0,
  offlineDays: 14,
  graceEndsAt: '',
};

/** The shell's receiving end in memory: what Electron would route by channel. */
function openShell() {
  const listeners = new Map<string, Parameters<IpcReceiver['handle']>[1]>();
  const complaints: string[] = [];
  let stored: StoredSession | null = null;
  const refuse = () => {
    throw new Error('the disk is full');
  };
  const handlers: IpcHandlers = {
    'session.load': () => stored,
    'session.save': (next) => {
      stored = next;
      return { protection: 'keychain' };
    },
    'session.clear': () => {
      stored = null;
      return null;
    },
    'session.wipe': () => null,
    'lock.state': () => open,
    'lock.settings': () => ({ lockAfterMinutes: 15 }),
    'lock.setAfter': () => null,
    'lock.close': (reason) => ({ ...open, locked: reason }),
    'lock.open': () => ({ opened: true, state: open }),
    'lock.signedIn': () => open,
    'lock.setPassword': () => open,
    'lock.setPin': () => open,
    'lock.contacted': () => open,
    'sealed.save': () => null,
    'sealed.load': () => '',
    'app.info': refuse,
    'app.openExternal': () => null,
    'app.setServerUrl': () => null,
    'signIn.listen': () => ({ redirectUri: 'http://127.0.0.1:49152/callback' }),
    'signIn.open': () => ({ opened: false }),
    'signIn.outcome': () => ({ outcome: 'cancelled' }),
    'signIn.cancel': () => null,
    'signIn.leave': () => ({ opened: false }),
    'file.saveText': refuse,
    'file.begin': () => null,
    'file.append': refuse,
    'file.end': () => null,
    'shell.setBadge': () => null,
    'replica.connect': () => null,
    'log.write': () => null,
  };
  handleIpc({ handle: (channel, listener) => listeners.set(channel, listener) }, handlers, (message) =>
    complaints.push(message),
  );
  const call = (
    channel: IpcChannel,
    senderFrame: CallingFrame | null,
    ...parameters: unknown[]
  ): Promise<IpcAnswer> => {
    const listener = listeners.get(channel);
    if (!listener) throw new Error(`nobody listens on ${channel}`);
    return listener({ senderFrame, sender: {} as never }, ...parameters);
  };
  return { call, complaints, channels: () => [...listeners.keys()] };
}

describe('the shell answering the page', () => {
  let shell: ReturnType<typeof openShell>;
  beforeEach(() => {
    shell = openShell();
  });

  it('answers exactly the channels of the contract', () => {
    expect(shell.channels()).toEqual(ipcChannels);
  });

  it('keeps a session for the console', async () => {
    expect(await shell.call('session.save', page, session)).toEqual({ ok: true, value: { protection: 'keychain' } });
    expect(await shell.call('session.load', page)).toEqual({ ok: true, value: session });
  });

  it.each<[string, CallingFrame | null]>([
    ['another site', { url: 'https://steward.example/index.html', parent: null }],
    ['another host of the scheme', { url: 'app://other/index.html', parent: null }],
    ['an address that only begins like ours', { url: 'app://steward.evil.example/', parent: null }],
    ['our host as a user name', { url: 'app://steward@evil.example/', parent: null }],
    ['a frame inside our page', { url: page.url, parent: {} }],
    ['a blank page', { url: 'about:blank', parent: null }],
    ['a frame that is gone', null],
  ])('refuses %s before it looks at the arguments', async (_case, sender) => {
    await shell.call('session.save', page, session);
    const answer = await shell.call('session.load', sender, 'malformed');
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'foreign_sender', channel: 'session.load' } });
    expect(shell.complaints).toHaveLength(1);
  });

  it.each<[string, IpcChannel, unknown[]]>([
    ['a missing argument', 'session.save', []],
    ['an argument too many', 'session.load', ['more']],
    ['an unknown field', 'session.save', [{ ...session, admin: true }]],
    ['a value of the wrong type', 'shell.setBadge', ['3']],
    ['a number out of range', 'shell.setBadge', [-1]],
    ['a file name with a folder', 'file.saveText', [{ suggestedName: '../x.csv', mimeType: 'text/csv', text: '' }]],
  ])('refuses %s and does nothing', async (_case, channel, parameters) => {
    const answer = await shell.call(channel, page, ...parameters);
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'invalid_arguments', channel } });
  });

  it('turns a handler that throws into a refusal that says why', async () => {
    const file = { suggestedName: 'tenants.csv', mimeType: 'text/csv', text: 'id' };
    expect(await shell.call('file.saveText', page, file)).toEqual({
      ok: false,
      refusal: { code: 'failed', channel: 'file.saveText', message: 'the disk is full' },
    });
  });
});
