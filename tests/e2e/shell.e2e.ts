import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import '#shared/ipc/bridge.ts';
import { ConsolePage, newProfile, removeProfile } from './consolePage.ts';

// Nobody listens there: the shell has to stand without a server.
const serverUrl = 'http://127.0.0.1:9';

describe('the desktop shell around the console', () => {
  const profile = newProfile();
  let console: ConsolePage;

  beforeAll(async () => {
    console = await ConsolePage.open({ profile, serverUrl });
    await console.page.waitForLoadState();
  });
  afterAll(async () => {
    await console.close();
    removeProfile(profile);
  });

  it('serves the page from app:// under a policy that names its server only', async () => {
    const policy = await console.page.evaluate(async () => {
      const answer = await fetch('app://steward/index.html');
      return answer.headers.get('content-security-policy');
    });
    expect(console.page.url()).toMatch(/^app:\/\/steward\/index\.html/);
    expect(policy).toContain(`connect-src 'self' ${serverUrl} ws://127.0.0.1:9;`);
  });

  it('gives the page neither Node nor evaluation nor files outside the console', async () => {
    const found = await console.page.evaluate(async () => ({
      node: `${typeof Reflect.get(globalThis, 'require')} ${typeof Reflect.get(globalThis, 'process')}`,
      outside: (await fetch('app://steward/..%2fmain/index.js')).status,
      elsewhere: await fetch('http://127.0.0.1:5/').then(
        () => 'answered',
        () => 'refused',
      ),
    }));
    expect(found).toEqual({ node: 'undefined undefined', outside: 404, elsewhere: 'refused' });
    // Playwright evaluates past the policy; code that the page itself makes from text does not run.
    const ran = await console.page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'document.documentElement.dataset.injected = "yes"';
      document.head.append(script);
      return document.documentElement.dataset['injected'] ?? 'no';
    });
    expect(ran).toBe('no');
  });

  it('opens no window, leaves its page for nobody and gets no permission', async () => {
    const answers = await console.page.evaluate(async () => {
      const opened = window.open('file:///etc/passwd');
      window.location.href = 'https://steward.example/';
      const location = await new Promise<string>((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => resolve('given'),
          () => resolve('refused'),
        );
      });
      return { opened: opened === null, notifications: await Notification.requestPermission(), location };
    });
    expect(answers).toEqual({ opened: true, notifications: 'denied', location: 'refused' });
    expect(console.page.url()).toMatch(/^app:\/\/steward\//);
    expect(console.app.windows()).toHaveLength(1);
  });

  it('keeps the session in a file of this person, and not as plain text', async () => {
    const secret = 'a-refresh-token-nobody-may-read';
    const kept = await console.page.evaluate(async (refreshToken) => {
      const session = { refreshToken, email: 'admin@steward.example', serverUrl: 'http://127.0.0.1:9' };
      const { protection } = await window.steward.session.save(session);
      return { protection, session: await window.steward.session.load() };
    }, secret);
    const file = join(profile, 'session.json');
    expect(kept.session?.refreshToken).toBe(secret);
    expect(['keychain', 'basic']).toContain(kept.protection);
    expect(readFileSync(file, 'utf8')).not.toContain(secret);
    expect(statSync(file).mode & 0o077).toBe(0);
    await console.page.evaluate(() => window.steward.session.clear());
    expect(existsSync(file)).toBe(false);
  });

  it('refuses malformed calls in words', async () => {
    const refusal = await console.page.evaluate(() =>
      window.steward.file.saveText({ suggestedName: '../../outside.csv', mimeType: 'text/csv', text: '' }).then(
        () => 'saved',
        (error: Error) => error.message,
      ),
    );
    expect(refusal).toContain('file.saveText (invalid_arguments)');
  });

  it('opens where it was closed', async () => {
    const before = await console.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.setBounds({ x: 40, y: 30, width: 1100, height: 720 });
      return window?.getBounds();
    });
    await console.close();
    console = await ConsolePage.open({ profile, serverUrl });
    const after = await console.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
    expect(after).toEqual(before);
  });
});
