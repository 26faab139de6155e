import { request } from 'node:http';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { createSignInBrowser } from './signInBrowser.ts';
import { signInAddress } from './signInAddress.ts';

const page = 'https://id.example/authorize?client_id=steward&state=expected';

function openBrowser(options: { patience?: number; works?: boolean } = {}) {
  const opened: string[] = [];
  let returns = 0;
  const browser = createSignInBrowser({
    openExternal: async (address) => {
      if (options.works === false) throw new Error('there is no browser');
      opened.push(address);
    },
    onReturn: () => (returns += 1),
    ...(options.patience === undefined ? {} : { patience: options.patience }),
  });
  return { browser, opened, returns: () => returns };
}

async function ask(address: string, headers: Record<string, string> = {}, method = 'GET') {
  const sent = request(address, { method, headers, agent: false }).end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
}

describe("signing in with the person's own browser", () => {
  let shell = openBrowser();
  afterEach(() => shell.browser.cancel());

  it('opens an address to sign out at, of which nothing comes back, and says when there is no browser', async () => {
    const address = 'http://127.0.0.1:4780/v1/auth/oidc/sign-out/ticket';
    expect(await shell.browser.leave(address)).toEqual({ opened: true });
    expect(shell.opened).toEqual([address]);
    expect(await shell.browser.outcome()).toEqual({ outcome: 'cancelled' });
    expect(await openBrowser({ works: false }).browser.leave(address)).toEqual({ opened: false });
  });

  it('opens the page, and hears once what the browser comes back with', async () => {
    shell = openBrowser();
    const { redirectUri } = await shell.browser.listen('fr');
    expect(redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    expect(await shell.browser.open(page)).toEqual({ opened: true });
    expect(shell.opened).toEqual([page]);
    const back = `${redirectUri}?code=a%20code&state=expected&iss=https%3A%2F%2Fid.example`;
    const shown = await ask(back);
    expect(shown.status).toBe(200);
    expect(shown.body).toContain('Vous pouvez fermer cette page');
    expect(shown.body).not.toMatch(/<script|a%20code|a code/);
    expect(shown.headers['content-security-policy']).toMatch(/default-src 'none'/);
    expect(await shell.browser.outcome()).toEqual({ outcome: 'returned', url: back });
    expect(shell.returns()).toBe(1);
    await expect(ask(back)).rejects.toThrow('ECONNREFUSED');
  });

  it('sends away whatever else knocks, and goes on waiting', async () => {
    shell = openBrowser();
    const { redirectUri } = await shell.browser.listen('en');
    const back = `${redirectUri}?code=1&state=expected`;
    expect((await ask(`${redirectUri}?code=1&state=`)).status).toBe(404);
    await shell.browser.open(page);
    for (const address of [redirectUri, `${redirectUri}?code=1&state=other`, back.replace('callback', 'favicon.ico')])
      expect((await ask(address)).status).toBe(404);
    expect((await ask(back, { host: 'evil.example' })).status).toBe(404);
    expect((await ask(back, {}, 'POST')).status).toBe(404);
    expect(shell.returns()).toBe(0);
    expect((await ask(back)).status).toBe(200);
    expect(await shell.browser.outcome()).toEqual({ outcome: 'returned', url: back });
  });

  it('says where there is no browser; the address still works elsewhere', async () => {
    shell = openBrowser({ works: false });
    const { redirectUri } = await shell.browser.listen('en');
    expect(await shell.browser.open(page)).toEqual({ opened: false });
    expect((await ask(`${redirectUri}?code=1&state=expected`)).status).toBe(200);
  });

  it('waits no longer when it is cancelled, replaced, or takes too long', async () => {
    shell = openBrowser();
    const first = await shell.browser.listen('en');
    const outcome = shell.browser.outcome();
    const second = await shell.browser.listen('en');
    expect(await outcome).toEqual({ outcome: 'cancelled' });
    await expect(ask(first.redirectUri)).rejects.toThrow('ECONNREFUSED');
    shell.browser.cancel();
    expect(await shell.browser.outcome()).toEqual({ outcome: 'cancelled' });
    await expect(ask(second.redirectUri)).rejects.toThrow('ECONNREFUSED');
    shell = openBrowser({ patience: 1 });
    await shell.browser.listen('en');
    expect(await shell.browser.outcome()).toEqual({ outcome: 'timed_out' });
  });

  it('opens nothing before somebody waits', async () => {
    shell = openBrowser();
    await expect(shell.browser.open(page)).rejects.toThrow('listen first');
  });
});

describe('pages of a provider', () => {
  it.each(['https://id.example/a?b=c', 'http://127.0.0.1:4000/auth', 'http://localhost:1/', 'http://[::1]:1/'])(
    '%s is opened',
    (address) => {
      expect(signInAddress(address).href).toBe(address);
    },
  );

  it.each([
    'http://id.example/',
    'http://127.0.0.1.evil.example/',
    'https://name:secret@id.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'steward://inbox',
    '',
  ])('%s is not', (address) => {
    expect(() => signInAddress(address)).toThrow('is not opened');
  });
});
