import type { Locator, Page } from 'playwright-core';
import type { ConsolePage } from './consolePage.ts';

/** The editor of a rule, written in by hand. */
export class RuleEditorPage {
  private readonly one: ConsolePage;
  private readonly page: Page;

  constructor(one: ConsolePage) {
    this.one = one;
    this.page = one.page;
  }

  async open(id = 'new'): Promise<void> {
    await this.one.goTo(id === 'new' ? '/rules/new' : `/rules/${id}/edit`);
    await this.page.getByTestId('rule-editor').waitFor();
  }

  async name(text: string): Promise<void> {
    await this.page.getByTestId('rule-name').fill(text);
  }

  async show(view: 'Flow' | 'List'): Promise<void> {
    await this.page.getByRole('radiogroup', { name: 'Show steps as' }).getByText(view, { exact: true }).click();
    await this.page.getByTestId(view === 'Flow' ? 'step-flow' : 'step-list').waitFor();
  }

  async setActive(on: boolean): Promise<void> {
    const control = this.page.getByTestId('rule-active');
    if ((await control.isChecked()) !== on) await control.click({ force: true });
  }

  /** Types a part of a name and takes the event from what the catalogue offers. */
  async chooseEvent(typed: string, name: string): Promise<void> {
    await this.page.getByTestId('flow-trigger').click();
    await this.page.getByRole('radio', { name: 'Event', exact: true }).check({ force: true });
    await this.page.getByTestId('trigger-pattern').fill(typed);
    await this.page.getByRole('option', { name }).first().click();
    await this.page.getByTestId('flow-trigger').filter({ hasText: name }).waitFor();
  }

  /** One comparison with a typed value, built with the builder. */
  async addCondition(field: string, operator: string, value: string): Promise<void> {
    await this.page.getByTestId('flow-conditions').click();
    await this.page.getByTestId('add-comparison').first().click();
    await this.page.getByTestId('condition-field').last().click();
    await this.page.getByRole('option', { name: field }).first().click();
    await this.page.getByTestId('condition-operator').last().click();
    await this.page.getByRole('option', { name: operator, exact: true }).click();
    await this.page.getByTestId('condition-value').last().fill(value);
  }

  /** Adds a step at the end: in the flow by the last plus of the rule, in the list by its button. */
  async addStep(type: string): Promise<void> {
    const inList = await this.page.getByTestId('step-list').isVisible();
    const add = inList ? this.page.getByTestId('add-step') : this.page.locator('[data-testid^="plus-"]').last();
    await add.click();
    await this.page.getByTestId(`add-${type}`).click();
    await this.page.getByTestId('field-name').waitFor();
  }

  /** Writes into an input that completes and checks templates. */
  async write(field: string, text: string): Promise<void> {
    await this.code(field).fill(text);
  }

  /** Writes on where the text ends, then a variable taken from the menu of the input. */
  async insertVariable(field: string, label: string, variable: string): Promise<void> {
    await this.code(field).press('Control+End');
    await this.page.getByRole('button', { name: `Insert a variable: ${label}` }).click();
    await this.page.getByRole('textbox', { name: 'Search by name or meaning' }).fill(variable);
    await this.page.getByRole('option', { name: variable }).first().click();
  }

  /** What the input of a template shows of the sample. */
  preview(): Locator {
    return this.page.getByTestId('template-preview');
  }

  async choose(field: string, option: string): Promise<void> {
    await this.page.getByTestId(`field-${field}`).click();
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }

  /** Stores a rule that was not stored before; answers its id. */
  async create(): Promise<string> {
    await this.page.getByTestId('save-rule').click();
    await this.page.waitForURL(/\/rules\/[0-9a-f-]{36}\/edit/);
    return /\/rules\/([0-9a-f-]{36})\/edit/.exec(this.page.url())?.[1] ?? '';
  }

  async undo(): Promise<void> {
    await this.page.getByTestId('editor-undo').click();
  }

  async redo(): Promise<void> {
    await this.page.getByTestId('editor-redo').click();
  }

  /** Waits until the flow has so many steps. */
  async untilSteps(count: number): Promise<void> {
    const steps = this.page.locator('[data-testid^="flow-step-"]');
    if (count > 0) await steps.nth(count - 1).waitFor();
    await steps.nth(count).waitFor({ state: 'detached' });
  }

  private code(field: string): Locator {
    return this.page.getByTestId(`field-${field}`).locator('.cm-content');
  }
}

/** A key made on the page of integrations; shown once, and read there. */
export async function makeApiKey(one: ConsolePage, name: string): Promise<string> {
  await one.goTo('/integrations');
  await one.page.getByTestId('new-key').click();
  await one.page.getByTestId('key-name').fill(name);
  await one.page.getByTestId('confirm-key').click();
  const key = (await one.page.getByRole('dialog').getByTestId('copy-text').textContent()) ?? '';
  await one.page.getByTestId('key-done').click();
  return key.trim();
}

/** Takes rules in from a file, with the switches of the file. Answers what each is to the rules that were here. */
export async function importRules(one: ConsolePage, text: string): Promise<string[]> {
  const { page } = one;
  const plans = await openImport(one, text);
  await page.getByRole('radiogroup', { name: 'Imported rules are' }).getByText('as in the file').click();
  await page.getByTestId('confirm-import').click();
  await page.getByTestId('import-summary').waitFor();
  await page.getByRole('dialog').getByText('Close', { exact: true }).click();
  return plans;
}

/** Opens a file in the import dialog; answers what each of its rules is to the rules here. */
export async function openImport(one: ConsolePage, text: string): Promise<string[]> {
  const { page } = one;
  await one.goTo('/rules');
  await page.getByTestId('new-rule').waitFor();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByTestId('import-rules').click();
  await page
    .getByRole('dialog')
    .locator('input[type="file"]')
    .setInputFiles({ name: 'rules.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await page.getByTestId('import-plan').first().waitFor();
  return page.getByTestId('import-plan').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-does') ?? ''));
}

/** Opens the newest run of a rule in the list of runs. */
export async function openRun(one: ConsolePage, ruleName: string, status: string): Promise<void> {
  await one.goTo('/runs');
  await one.page.getByRole('link', { name: ruleName }).first().click();
  await untilRun(one, status);
}

export async function untilRun(one: ConsolePage, status: string): Promise<void> {
  await one.page.locator(`[data-testid="run-status"][data-status="${status}"]`).waitFor();
}

/** What every step of the open run came to, by its id, in their order. */
export function traceOf(one: ConsolePage): Promise<string[]> {
  return one.page
    .locator('[data-testid^="trace-"]')
    .evaluateAll((steps) =>
      steps.map(
        (step) => `${step.getAttribute('data-testid')?.slice('trace-'.length)} ${step.getAttribute('data-status')}`,
      ),
    );
}
