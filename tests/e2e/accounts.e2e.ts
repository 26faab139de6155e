import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logIn } from '#tests/support/protocolClient.ts';
import { smallDemo, startServerProcess } from '#tests/support/serverProcess.ts';
import type { ServerProcess } from '#tests/support/serverProcess.ts';
import { openSwitchableLine } from '#tests/support/switchableLine.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';
import { AccountScreens } from './accountScreens.ts';
import { ConsolePage, newProfile, removeProfile } from './consolePage.ts';

const profiles: string[] = [];
const consoles: ConsolePage[] = [];
const startServer = () => startServerProcess(temporaryFolder('e2e'), ['--seed', 'demo', ...smallDemo]);
const profile = () => {
  const made = newProfile();
  profiles.push(made);
  return made;
};
const open = async (serverUrl: string, on = profile()) => {
  const opened = await ConsolePage.open({ profile: on, serverUrl });
  consoles.push(opened);
  return opened;
};
const replicaFiles = (folder: string) =>
  readdirSync(join(folder, 'replica')).filter((name) => name.startsWith('steward-'));
/** Every file of a profile that holds the text, wherever it is. */
const filesWith = (folder: string, text: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text));

/** Asks the server as an administrator who has just signed in, from another computer. */
async function asAdministrator(server: ServerProcess, method: string, path: string): Promise<Record<string, unknown>> {
  const { accessToken } = await logIn(server.url, 'admin@steward.example');
  const answer = await fetch(`${server.url}${path}`, { method, headers: { authorization: `Bearer ${accessToken}` } });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Record<string, unknown>;
}

/** A person ends every session but the one that they begin for it on another computer. */
async function endOtherSessions(server: ServerProcess, email: string): Promise<void> {
  const { accessToken } = await logIn(server.url, email);
  const answer = await fetch(`${server.url}/v1/sessions/others/revoke`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}` },
  });
  expect(answer.status).toBe(200);
}

describe('accounts in the console', () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(async () => {
    for (const one of consoles) await one.close().catch(() => undefined); // Closed by the scenario already.
    await server.stop();
    for (const one of profiles) removeProfile(one);
  });

  it('a revoked session is cut off and wiped; what was not sent is sealed, and returns to the inbox of its person', async () => {
    const folder = profile();
    const one = await open(server.url, folder);
    await one.signIn('ops@steward.example');
    const ruleId = await one.firstRecord('rule');
    await one.setWorkOffline(true);
    await one.editField('rule', ruleId, 'body.name', 'Typed before the session was ended');
    await one.untilUnsent(1);
    expect(replicaFiles(folder).length).toBeGreaterThan(0);
    await endOtherSessions(server, 'ops@steward.example');
    await one.setWorkOffline(false);
    await one.page.locator('[data-testid="session-ended"][data-wiped="true"]').waitFor();
    expect(replicaFiles(folder)).toEqual([]);
    await one.close();
    expect(filesWith(folder, 'Typed before the session was ended')).toEqual([]);

    const again = await open(server.url, folder);
    await again.signIn('ops@steward.example');
    await again.goTo('/inbox');
    await again.page.getByTestId(`rejection-${ruleId}`).waitFor();
    await again.page.getByTestId(`rejection-${ruleId}`).getByTestId('resend').click();
    await again.untilField('rule', ruleId, 'body.name', 'Typed before the session was ended');
    await again.untilSynced();
    // Connected, it takes no question of the console: the server says so itself.
    await endOtherSessions(server, 'ops@steward.example');
    await again.page.locator('[data-testid="session-ended"][data-wiped="true"]').waitFor({ timeout: 10_000 });
    expect(replicaFiles(folder)).toEqual([]);
    await again.close();
  });

  it('a locked console shows nothing, stays locked over a restart, and opens with the password without a server', async () => {
    const folder = profile();
    const line = await openSwitchableLine(server.port);
    const one = await open(line.url, folder);
    await one.signIn('viewer@steward.example');
    await one.goTo('/tenants');
    const row = one.page.locator('[data-testid^="row-"]').first();
    const name = (await row.innerText()).split('\n')[0] ?? '';
    expect(name.length).toBeGreaterThan(2);
    line.answerWith('');
    const screens = new AccountScreens(one.page);
    await screens.lock();
    expect(await one.page.content()).not.toContain(name);
    await one.page.keyboard.press('Control+k');
    expect(await one.page.content()).not.toContain(name);
    await one.close();

    const again = await open(line.url, folder);
    const reopened = new AccountScreens(again.page);
    await reopened.locked();
    expect(await again.page.content()).not.toContain(name);
    await reopened.unlock('not the password');
    await again.page.getByText('9 tries left').waitFor();
    await reopened.unlock('steward-demo');
    await again.page.locator('[data-testid="sync-state"][data-state="offline"]').waitFor();
    await again.goTo('/tenants');
    await again.page.locator('[data-testid^="row-"]').filter({ hasText: name }).first().waitFor();
    await again.app.evaluate(({ powerMonitor }) => powerMonitor.emit('lock-screen'));
    await reopened.locked();
    await again.close();
    await line.close();
  });

  it('a second factor is set up with a proof of who one is, and asked for at the next sign-in', async () => {
    const one = await open(server.url);
    await one.signIn('growth@steward.example');
    const screens = new AccountScreens(one.page);
    const { secret, recoveryCodes } = await screens.enrol('steward-demo', (key) =>
      new TOTP({ secret: key }).generate(),
    );
    expect(recoveryCodes.length).toBeGreaterThanOrEqual(8);
    await screens.signOut();
    await one.page.getByTestId('sign-in-email').fill('growth@steward.example');
    await one.page.getByTestId('sign-in-password').fill('steward-demo');
    await one.page.getByTestId('sign-in').click();
    await screens.answerSecondFactor(recoveryCodes[0] ?? '');
    await one.untilSynced();
    await one.goTo('/account');
    await one.page.locator('[data-testid="second-factor-state"][data-on="true"]').waitFor();
    expect(secret).toMatch(/^[A-Z2-7]{16,}$/);
    await one.close();
  });

  it('a link of an administrator opens the console on it, a password is chosen, and the person is in', async () => {
    const { staff } = await logIn(server.url, 'support@steward.example');
    const made = await asAdministrator(server, 'POST', `/v1/staff/${staff.id}/password-reset`);
    const one = await open(server.url);
    const screens = new AccountScreens(one.page);
    await one.page.getByTestId('sign-in').waitFor();
    await one.app.evaluate(({ app }, link) => app.emit('second-instance', {}, ['steward', link]), String(made['link']));
    await screens.redeemLink('orbit walnut candle seven');
    await one.untilSynced();
    await one.page.getByTestId('overview-tenants').waitFor();
    await one.close();
    await expect(logIn(server.url, 'support@steward.example')).rejects.toThrow('invalid_credentials');
  });

  it('a proxy, a broken line and another server at the same address remove nothing', async () => {
    const folder = profile();
    const line = await openSwitchableLine(server.port);
    const one = await open(line.url, folder);
    await one.signIn('compliance@steward.example');
    const files = replicaFiles(folder);
    const page = '<html><body>session_revoked</body></html>';
    for (const bytes of [
      `HTTP/1.1 401 Unauthorized\r\ncontent-type: text/html\r\ncontent-length: ${page.length}\r\n\r\n${page}`,
      'HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n',
      // What a line for TLS says to one without: an alert of the handshake.
      Buffer.from([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x28]),
    ]) {
      line.answerWith(bytes);
      await one.page.locator('[data-testid="sync-state"][data-state="offline"]').waitFor();
      expect(replicaFiles(folder)).toEqual(files);
    }
    const other = await startServer();
    line.leadTo(other.port);
    await one.page.getByTestId('sign-in-email').waitFor();
    await one.page.locator('[data-testid="session-ended"][data-wiped="false"]').waitFor();
    expect(replicaFiles(folder)).toEqual(files);
    line.leadTo(server.port);
    await one.signIn('compliance@steward.example');
    expect(replicaFiles(folder)).toEqual(files);
    await one.close();
    await other.stop();
    await line.close();
  });
});
