import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';
import { openAutomationOffice } from './automationOffice.ts';
import type { AutomationOffice } from './automationOffice.ts';
import { importRules, makeApiKey, openImport, openRun, RuleEditorPage, traceOf, untilRun } from './automationPages.ts';
import { echo, handOver, ruleFile } from './automationRules.ts';
import type { ConsolePage } from './consolePage.ts';

describe('what goes wrong in automation, and what is kept', () => {
  const folder = temporaryFolder('rules');
  let office: AutomationOffice;
  let profile = '';
  let one: ConsolePage;
  let key = '';
  let tenantId = '';
  beforeAll(async () => {
    office = await openAutomationOffice(folder);
    profile = office.newProfile();
    one = await office.open(profile);
    await one.signIn('admin@steward.example');
    tenantId = (await office.stored('tenants', 'tenant'))[0]?.id ?? '';
    key = await makeApiKey(one, 'Projects');
    await importRules(one, ruleFile([echo, handOver(office.shop.url)]));
    await one.untilSynced();
  });
  afterAll(async () => {
    await office.close();
  });

  it('a run that failed goes on from the failed step once the other system answers; what was done is not done again', async () => {
    const { page } = one;
    office.shop.answer({ status: 500, body: 'out of order' }, 1);
    const data = { id: 'p-1', title: 'Harbour' };
    await office.fire(key, { module: 'project', code: 'completed', tenantId, data });
    await expect.poll(() => office.shop.requests.length, { timeout: 15_000 }).toBe(1);
    await openRun(one, 'Hand a project over', 'failed');
    expect(await traceOf(one)).toEqual(['mail success', 'tell failed']);
    await page.getByTestId('retry-run').click();
    await page.getByTestId('confirm').click();
    await untilRun(one, 'success');
    expect(await traceOf(one)).toContain('archive success');
    expect(office.smtp.mails.map(({ mail }) => mail.subject)).toEqual(['Project Harbour is done']);
    expect(office.shop.requests.map(({ json }) => json)).toEqual([{ project: 'p-1' }, { project: 'p-1' }]);
    expect(new Set(office.shop.requests.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    const tasks = (await office.stored('runs', 'task')).filter(({ body }) => body['title'] === 'Archive Harbour');
    expect(tasks).toHaveLength(1);
  });

  it('what the run made is kept from who may not see what it made it of, and the console says so', async () => {
    const other = await office.open(office.newProfile());
    await other.signIn('viewer@steward.example');
    await openRun(other, 'Hand a project over', 'success');
    await other.page.getByTestId('trace-archive').getByRole('button').first().click();
    await other.page.getByTestId('trace-archive').getByTestId('trace-withheld').waitFor();
    expect(await other.page.getByTestId('trace-archive').textContent()).not.toContain('Harbour');
    await other.close();
  });

  it('events that fail for one cause are one group: one is corrected, the others are retried once the rule is paused', async () => {
    const { page } = one;
    for (const id of ['p-2', 'p-3'])
      await office.fire(key, { module: 'project', code: 'updated', tenantId, data: { id, title: 'again' } });
    await one.goTo('/events/failed');
    const group = page.getByTestId('failed-group').filter({ hasText: 'Rules set each other off too often' });
    await group.filter({ hasText: /^2/ }).click();
    const rows = page.locator('[data-testid^="failed-"]:not([data-testid="failed-group"])');
    await expect.poll(() => rows.count(), { timeout: 15_000 }).toBe(2);
    const corrected = ((await rows.first().getAttribute('data-testid')) ?? '').slice('failed-'.length);
    await page.getByTestId(`edit-${corrected}`).click();
    await page.getByTestId('event-data').locator('.cm-content').fill('{ "id": "p-2", "title": "enough" }');
    await page.getByTestId('confirm-edit').click();
    await page.locator('[data-testid="command"][data-status="done"]').waitFor();
    await group.filter({ hasText: /^1/ }).waitFor();

    await one.goTo('/rules');
    await page.getByTestId('rule-search').fill('Echo');
    await page.getByRole('switch', { name: /Echo of a project/ }).click({ force: true });
    await expect
      .poll(async () => (await ruleNamed('Echo of a project'))?.body['isActive'], { timeout: 15_000 })
      .toBe(false);
    await one.goTo('/events/failed');
    await group.click();
    await page.getByTestId('retry-group').click();
    await group.waitFor({ state: 'detached' });
    await one.goTo(`/events/${corrected}`);
    await page.locator('[data-testid="event-status"][data-status="processed"]').waitFor();
    await page.getByText('enough').first().waitFor();
  });

  it('rules go out to a file and come back the same', async () => {
    const { page } = one;
    await one.goTo('/rules');
    await page.getByTestId('rule-search').fill('');
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Export 2 rules' }).click();
    await page.getByText(/^2 rules saved/).waitFor();
    const text = readFileSync(join(folder, 'rules.json'), 'utf8');
    expect(await openImport(one, text)).toEqual(['nothing', 'nothing']);
    await page.getByRole('dialog').getByText('Cancel', { exact: true }).click();
    expect(await importRules(one, text.replace('Well done.', 'Well done, all of you.'))).toContain('change');
    await expect
      .poll(async () => JSON.stringify((await ruleNamed('Hand a project over'))?.body['steps']), { timeout: 15_000 })
      .toContain('Well done, all of you.');
    expect(await office.stored('automation', 'rule')).toHaveLength(2);
  });

  it('a draft survives closing the console, with undo and redo before it', async () => {
    let editor = new RuleEditorPage(one);
    await editor.open();
    await editor.name('Written on a Friday');
    await editor.chooseEvent('user.inv', 'user.invited');
    await editor.addStep('notification');
    await editor.undo();
    await editor.untilSteps(0);
    await editor.redo();
    await editor.untilSteps(1);
    await one.close();

    one = await office.open(profile);
    editor = new RuleEditorPage(one);
    await editor.open();
    await one.page.getByTestId('draft-restored').waitFor();
    expect(await one.page.getByTestId('rule-name').inputValue()).toBe('Written on a Friday');
    await editor.untilSteps(1);
    await one.page.getByTestId('draft-discard').click();
    await editor.untilSteps(0);
  });

  async function ruleNamed(name: string): Promise<RecordEnvelope | undefined> {
    return (await office.stored('automation', 'rule')).find(({ body }) => body['name'] === name);
  }
});
