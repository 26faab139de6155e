import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOffice } from './office.ts';
import type { Office } from './office.ts';

describe('working offline', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.close());

  it('first start: sign in, sync, and the overview counts what the server has', async () => {
    const one = await office.signedIn('admin@steward.example');
    await one.goTo('/');
    await one.page.locator('[data-testid="overview-tenants"]:text-is("12")').waitFor();
    await one.close();
  });

  it('says what is wrong when the password is not right', async () => {
    const one = await office.open(office.newProfile());
    await one.page.getByTestId('sign-in-email').fill('admin@steward.example');
    await one.page.getByTestId('sign-in-password').fill('wrong');
    await one.page.getByTestId('sign-in').click();
    await one.page.getByTestId('sign-in-problem').waitFor();
    expect(await one.page.getByTestId('sign-in-problem').textContent()).toContain('password is not right');
    await one.close();
  });

  it('a rule edited and an anomaly reviewed offline survive quitting and a server that is away, and reach a second console', async () => {
    const profile = office.newProfile();
    const first = await office.open(profile);
    await first.signIn('admin@steward.example');
    const ruleId = await first.firstRecord('rule');
    await first.goTo('/anomalies');
    const anomaly = first.page.locator('[data-testid^="anomaly-row-"]').first();
    await anomaly.waitFor();
    const anomalyId = ((await anomaly.getAttribute('data-testid')) ?? '').slice('anomaly-row-'.length);
    await first.setWorkOffline(true);
    await first.editField('rule', ruleId, 'body.name', 'Renamed on the train');
    await first.goTo(`/anomalies/${anomalyId}`);
    await first.page.locator('[data-testid="anomaly-status"]').waitFor();
    const status = await first.page.getByTestId('anomaly-status').getAttribute('data-status');
    if (status === 'detected') await first.page.getByTestId('transition-investigating').click();
    await first.page.locator('[data-testid="anomaly-status"][data-status="investigating"]').waitFor();
    await first.page
      .getByTestId('transition-resolved')
      .or(first.page.getByTestId('transition-resolve'))
      .first()
      .click();
    await first.page.getByTestId('reason').fill('A school class signed up together');
    await first.page.getByTestId('confirm').click();
    await first.page.locator('[data-testid="anomaly-status"][data-status="resolved"]').waitFor();
    await first.untilUnsent(2);
    await first.close();

    await office.server.kill();
    const again = await office.open(profile);
    await again.page.locator('[data-testid="sync-state"][data-state="offline"][data-unsent="2"]').waitFor();
    await again.untilField('rule', ruleId, 'body.name', 'Renamed on the train');
    await office.server.restart();
    await again.setWorkOffline(false);
    await again.untilSynced();

    const second = await office.signedIn('ops@steward.example');
    await second.untilField('rule', ruleId, 'body.name', 'Renamed on the train');
    await second.goTo(`/anomalies/${anomalyId}`);
    await second.page.locator('[data-testid="anomaly-status"][data-status="resolved"]').waitFor();
    await again.close();
    await second.close();
  });
});
