import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { numberIn, textIn } from '#shared/records/readBody.ts';
import { openAutomationOffice } from './automationOffice.ts';
import type { AutomationOffice } from './automationOffice.ts';
import { importRules, makeApiKey, openRun, RuleEditorPage, traceOf } from './automationPages.ts';
import { ruleFile, suspendAfterFailures } from './automationRules.ts';
import type { ConsolePage } from './consolePage.ts';

describe('automation in the console', () => {
  let office: AutomationOffice;
  let one: ConsolePage;
  let tenants: RecordEnvelope[];
  let key = '';
  beforeAll(async () => {
    office = await openAutomationOffice();
    one = await office.signedIn('admin@steward.example');
    tenants = (await office.stored('tenants', 'tenant')).filter(({ status }) => status === 'ACTIVE');
  });
  afterAll(() => office.close());

  it('a rule written by hand offline finds in the history what it would have done, and does nothing', async () => {
    const { page } = one;
    await one.setWorkOffline(true);
    const editor = new RuleEditorPage(one);
    await editor.open();
    await editor.name('Chase late invoices');
    await editor.chooseEvent('invoice.over', 'invoice.overdue');
    await editor.addCondition('event.data.daysLate', 'is more than', '3');
    await editor.addStep('email');
    await editor.write('to', 'accounts@mail.example');
    await editor.write('subject', 'Invoice {{ event.data.invoiceId }} is {{ event.data.daysLate }} days late');
    await editor.write('template', 'Please call {{ tenant.name }} about invoice ');
    await editor.insertVariable('template', 'Message', 'event.data.invoiceId');
    await editor.show('List');
    await editor.addStep('action');
    await editor.choose('action', 'Create a task');
    await editor.write('settings.title', 'Call about {{ event.data.invoiceId }}');
    await editor.setActive(true);
    const ruleId = await editor.create();
    await one.untilUnsent(1);

    const late = (await office.stored('events', 'event')).filter(
      ({ body }) => nameOf(body) === 'invoice.overdue' && numberIn(dataOf(body), 'daysLate') > 3,
    );
    expect(late.length).toBeGreaterThan(3);
    await one.goTo(`/rules/${ruleId}/simulator`);
    await page.getByTestId('period-all').focus();
    await page.keyboard.press('Space');
    await page.getByTestId('simulation-start').click();
    await page.getByTestId('simulation-over').waitFor();
    expect(await page.getByTestId('tile-matched').textContent()).toBe(String(late.length));
    const [newest] = late.toSorted((left, right) => occurredAt(right).localeCompare(occurredAt(left)));
    const data = dataOf(newest?.body ?? {});
    const invoice = textIn(data, 'invoiceId');
    await page.getByTestId('matched-event').first().click();
    await page.getByText(`Invoice ${invoice} is ${numberIn(data, 'daysLate')} days late`, { exact: true }).waitFor();
    await page.getByText(`Call about ${invoice}`, { exact: true }).waitFor();
    expect(office.smtp.mails).toEqual([]);
    expect(await office.stored('automation', 'rule')).toEqual([]);
  });

  it('once synced it acts on an event that comes over HTTP: the mail arrives, run, trace and audit entries show', async () => {
    const { page } = one;
    await one.setWorkOffline(false);
    await one.untilSynced();
    key = await makeApiKey(one, 'Billing');
    const data = { invoiceId: 'inv-2041', amountMinor: 129_900, currency: 'EUR', daysLate: 9 };
    await office.fire(key, { module: 'invoice', code: 'overdue', tenantId: tenants[0]?.id ?? '', data });
    await expect.poll(() => office.smtp.mails.length, { timeout: 15_000 }).toBe(1);
    const [letter] = office.smtp.mails;
    expect(letter?.recipients).toEqual(['accounts@mail.example']);
    expect(letter?.mail.subject).toBe('Invoice inv-2041 is 9 days late');
    expect(letter?.mail.text?.trim()).toBe(
      `Please call ${textIn(tenants[0]?.body ?? {}, 'name')} about invoice inv-2041`,
    );

    await openRun(one, 'Chase late invoices', 'success');
    expect(await traceOf(one)).toEqual(['e_mail success', 'action success']);
    await page.getByTestId('trace-e_mail').getByRole('button').first().click();
    await page.getByTestId('trace-e_mail').getByText('Invoice inv-2041 is 9 days late').first().waitFor();
    await page.getByRole('link', { name: 'Chase late invoices' }).first().click();
    await page.getByTestId('tab-runs').click();
    await page.getByTestId('all-runs').waitFor();

    await one.goTo('/records/auditEntry');
    await page.getByTestId('list-search').fill('Chase late invoices');
    const entries = page.locator('[data-testid^="row-"]', { hasText: 'rule: Chase late invoices' });
    await entries.filter({ hasText: /Create.*task.*Call about inv-2041/ }).waitFor();
    await entries.filter({ hasText: /run.*Chase late invoices/ }).waitFor();
  });

  it('a question stops a run until somebody decides it, offline too; then the run goes on', async () => {
    const { page } = one;
    expect(await importRules(one, ruleFile([suspendAfterFailures]))).toEqual(['create']);
    await one.untilSynced();
    const tenant = tenants[1];
    const failed = { invoiceId: 'inv-7', amountMinor: 4900, currency: 'EUR', reason: 'card_declined' };
    const event = { module: 'payment', code: 'failed', tenantId: tenant?.id ?? '' };
    await office.fire(key, { ...event, data: { ...failed, attempts: 4 } });
    await one.goTo('/inbox');
    await page.getByTestId('inbox-tasks').click();
    const name = textIn(tenant?.body ?? {}, 'name');
    const card = page.getByRole('article', { name: `Suspend ${name} after 4 failed payments?` });
    await card.waitFor();
    await one.setWorkOffline(true);
    await card.locator('[data-testid^="approve-"]').click();
    await page.getByTestId('confirm').click();
    await card.waitFor({ state: 'detached' });
    await one.untilUnsent(1);
    expect((await tenantNow(tenant?.id))?.status).toBe('ACTIVE');

    await one.setWorkOffline(false);
    await one.goTo(`/tenants/${tenant?.id}`);
    await expect.poll(async () => (await tenantNow(tenant?.id))?.status, { timeout: 15_000 }).toBe('SUSPENDED');
    await page.getByTestId('tenant-page').getByText('Suspended').first().waitFor();
    await openRun(one, 'Suspend after failed payments', 'success');
    expect(await traceOf(one)).toEqual(['ask success', 'suspend success']);

    const eventId = await office.fire(key, { ...event, data: { ...failed, attempts: 1 } });
    await one.untilSynced();
    await one.goTo(`/events/${eventId}`);
    await page.locator('[data-testid="event-status"][data-status="processed"]').waitFor();
    await page.getByTestId('tab-why').click();
    await page.getByTestId('why-rule').filter({ hasText: 'Suspend after failed payments' }).click();
    await page.locator('[data-testid="why-verdict"][data-runs="false"]').waitFor();
    const deciding = (await page.locator('[data-decides]').textContent())?.replaceAll(/[\u2068\u2069]/g, '');
    expect(deciding).toContain('event.data.attempts is at least 3');
    expect(deciding).toContain('it was 1');
  });

  async function tenantNow(id: string | undefined): Promise<RecordEnvelope | undefined> {
    return (await office.stored('tenants', 'tenant')).find((record) => record.id === id);
  }
});

function nameOf(body: JsonObject): string {
  return `${textIn(body, 'module')}.${textIn(body, 'code')}`;
}

function dataOf(body: JsonObject): JsonObject {
  return isJsonObject(body['data']) ? body['data'] : {};
}

function occurredAt({ body }: RecordEnvelope): string {
  return textIn(body, 'occurredAt');
}
