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
  const goTo = async (as: string): Promise<string> => {
    await console.page.getByTestId('provider').click();
    const address = await console.page.getByTestId('provider-address').inputValue();
    const callback = await openOidcBrowser().visit(address, { as });
    return (await fetch(callback)).text();
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
});
