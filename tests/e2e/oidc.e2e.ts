import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemoServer } from '#tests/support/demoServer.ts';
import type { DemoServer } from '#tests/support/demoServer.ts';
import { openOidcBrowser } from '#tests/support/oidcBrowser.ts';
import { oidcClients, startOidcProvider } from '#tests/support/oidcProvider.ts';
import type { OidcProviderServer } from '#tests/support/oidcProvider.ts';
import { ConsolePage, newProfile, removeProfile } from './consolePage.ts';

describe('signing in at an OpenID provider', () => {
  const profile = newProfile();
  let provider: OidcProviderServer;
  let server: DemoServer;
  let console: ConsolePage;

  beforeAll(async () => {
    provider = await startOidcProvider();
    provider.people.set('olivia', { email: 'support@steward.example' });
    provider.people.set('stranger', { email: 'stranger@elsewhere.example' });
    const client = ['--oidc-issuer', provider.issuer, '--oidc-client-id', oidcClients.public.id];
    server = await startDemoServer([...client, '--oidc-name', 'Acme ID']);
    console = await ConsolePage.open({ profile, serverUrl: server.url });
  });
  afterAll(async () => {
    await console.close();
    await server.stop();
    await provider.close();
    removeProfile(profile);
  });

  /** What a person does who finds no page open: copies the address into a browser. Answers what the browser shows last. */
  const goTo = async (as: string, browser = openOidcBrowser()): Promise<string> => {
    await console.page.getByTestId('provider').click();
    const address = await console.page.getByTestId('provider-address').inputValue();
    const callback = await browser.visit(address, { as });
    return (await fetch(callback)).text();
  };

  const signOutHere = async (there = false) => {
    await console.page.getByTestId('account').click();
    await console.page.getByTestId('sign-out').click();
    const choice = console.page.getByTestId('sign-out-there');
    await choice.waitFor();
    if (there) await choice.check();
    await console.page.getByTestId('confirm').click();
    await console.page.getByTestId('sign-in-email').waitFor();
  };

  it('says that this account is none of the staff, and offers to begin again', async () => {
    await goTo('stranger');
    const problem = console.page.getByTestId('provider-problem');
    await problem.waitFor();
    expect(await problem.textContent()).toContain('Nobody may sign in here with this account of Acme ID');
  });

  it('turns back when the person does', async () => {
    await console.page.getByTestId('provider').click();
    await console.page.getByTestId('provider-address').waitFor();
    await console.page.getByTestId('provider-cancel').click();
    await console.page.getByTestId('provider').waitFor();
    expect(await console.page.getByTestId('provider-problem').count()).toBe(0);
  });

  it('lets the person in, whose session outlives the console', async () => {
    expect(await goTo('olivia')).toContain('You can close this page');
    await console.untilSynced();
    await console.close();
    const log = readFileSync(join(profile, 'logs/steward.log'), { encoding: 'utf8', flag: 'a+' });
    expect(log).not.toMatch(/code=[^[]|refreshToken|eyJ/);
    console = await ConsolePage.open({ profile, serverUrl: server.url });
    await console.untilSynced();
    expect(server.errors).toEqual([]);
  });

  it('asks there who the person is before a dangerous act, and goes on with it', async () => {
    await console.goTo('/account');
    await console.page.getByTestId('provider-tie').waitFor();
    await console.page.getByTestId('enrol').click();
    await console.page.getByTestId('reauthentication').waitFor();
    await goTo('olivia');
    await console.page.getByTestId('totp-secret').waitFor();
    expect(await console.page.getByTestId('reauthentication').count()).toBe(0);
    await console.page.keyboard.press('Escape');
  });

  it('is removed with its data when the person signs out at the provider', async () => {
    await signOutHere();
    const browser = openOidcBrowser();
    await goTo('olivia', browser);
    await console.untilSynced();
    provider.tellLogouts(server.url);
    await browser.signOut(`${provider.issuer}/session/end`);
    const ended = console.page.getByTestId('session-ended');
    await ended.waitFor();
    expect(await ended.textContent()).toContain('The copy of the data on this computer was removed');
  });

  it('signs the person out there too when they ask for it, and takes their browser to it', async () => {
    const browser = openOidcBrowser();
    await goTo('olivia', browser);
    await console.untilSynced();
    const opened = await console.app.evaluateHandle(({ shell }) => {
      const addresses: string[] = [];
      shell.openExternal = async (address) => void addresses.push(address);
      return addresses;
    });
    await signOutHere(true);
    await console.page.getByTestId('sign-in-email').waitFor();
    const [address = ''] = await opened.jsonValue();
    expect(address).toContain(`${server.url}/v1/auth/oidc/sign-out/`);
    const asked = browser.signIns();
    expect(await browser.signOut(address)).toContain(`${provider.issuer}/session/end?`);
    await goTo('olivia', browser);
    expect(browser.signIns()).toBe(asked + 1);
    await console.untilSynced();
    expect(server.errors).toEqual([]);
  });
});
