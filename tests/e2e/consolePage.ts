import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { _electron } from 'playwright-core';
import type { ElectronApplication, Locator, Page } from 'playwright-core';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const root = resolve(import.meta.dirname, '../..');
const patience = 30_000;

/** A new empty folder for one console's profile; survives closing the console, as a person's would. */
export function newProfile(): string {
  return temporaryFolder('console');
}

export function removeProfile(profile: string): void {
  rmSync(profile, { recursive: true, force: true });
}

/** One running console in the real Electron, spoken to in the words of its users. */
export class ConsolePage {
  readonly app: ElectronApplication;
  readonly page: Page;

  private constructor(app: ElectronApplication, page: Page) {
    this.app = app;
    this.page = page;
  }

  /** Opens the built console on a profile. */
  static async open(options: { profile: string; serverUrl: string; saveDirectory?: string }): Promise<ConsolePage> {
    const switches = process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : ['--disable-gpu'];
    const app = await _electron.launch({
      executablePath: join(root, 'node_modules/electron/dist/electron'),
      args: ['.', ...switches],
      cwd: root,
      env: {
        ...(process.env as Record<string, string>),
        STEWARD_USER_DATA: options.profile,
        STEWARD_SERVER_URL: options.serverUrl,
        STEWARD_MULTI: '1',
        ...(options.saveDirectory ? { STEWARD_SAVE_DIR: options.saveDirectory } : {}),
      },
      timeout: 60_000,
    });
    const page = await app.firstWindow();
    page.setDefaultTimeout(patience);
    return new ConsolePage(app, page);
  }

  async signIn(email: string, password = 'steward-demo'): Promise<void> {
    await this.page.getByTestId('sign-in-email').fill(email);
    await this.page.getByTestId('sign-in-password').fill(password);
    await this.page.getByTestId('sign-in').click();
    await this.untilSynced();
  }

  /** Waits until the console is connected, its first sync is over and nothing is left to send. */
  async untilSynced(): Promise<void> {
    await this.page
      .locator('[data-testid="sync-state"][data-state="online"][data-first-sync="done"][data-unsent="0"]')
      .waitFor({ timeout: 60_000 });
  }

  async untilUnsent(count: number): Promise<void> {
    await this.page.locator(`[data-testid="sync-state"][data-unsent="${count}"]`).waitFor();
  }

  async setWorkOffline(on: boolean): Promise<void> {
    const control = this.page.getByTestId('work-offline');
    if ((await control.isChecked()) !== on) await control.click({ force: true });
    if (on) await this.page.locator('[data-testid="sync-state"][data-state="offline"]').waitFor();
  }

  /** Opens a place of the console by its path, as a deep link does. */
  async goTo(path: string): Promise<void> {
    await this.page.evaluate((place) => {
      const [hash, query] = place.split('?');
      // The router keeps what follows the question mark in the address itself, before the hash.
      window.history.pushState(null, '', `${query === undefined ? window.location.pathname : `?${query}`}#${hash}`);
      window.dispatchEvent(new HashChangeEvent('hashchange'));
    }, path);
  }

  field(path: string): Locator {
    return this.page.getByTestId(`field-${path}`);
  }

  async editField(kind: string, id: string, path: string, value: string): Promise<void> {
    await this.goTo(`/records/${kind}/${id}`);
    await this.field(path).fill(value);
    await this.page.getByTestId('save').click();
    // Not the button, which is disabled while it saves: nothing is unsaved any more once the replica has it.
    await this.page.locator('footer:not([data-dirty]) > [data-testid="save-state"]').waitFor();
  }

  /** Opens a record's form and waits until a field holds this value. */
  async untilField(kind: string, id: string, path: string, value: string): Promise<void> {
    await this.goTo('/settings');
    await this.goTo(`/records/${kind}/${id}`);
    const field = this.field(path);
    await field.waitFor();
    await this.page.waitForFunction(
      ([testId, wanted]) => document.querySelector<HTMLInputElement>(`[data-testid="${testId}"]`)?.value === wanted,
      [`field-${path}`, value] as const,
    );
  }

  /** The id of the first record a list shows. */
  async firstRecord(kind: string): Promise<string> {
    await this.goTo(`/records/${kind}`);
    const row = this.page.locator('[data-testid^="row-"]').first();
    await row.waitFor();
    return ((await row.getAttribute('data-testid')) ?? '').slice('row-'.length);
  }

  async setLanguage(language: 'en' | 'ar' | 'fr'): Promise<void> {
    await this.page.getByTestId('language').click();
    await this.page.getByTestId(`language-${language}`).click();
    await this.page.locator(`html[lang="${language}"]`).waitFor();
  }

  async setAppearance(scheme: 'light' | 'dark'): Promise<void> {
    await this.page.getByTestId('appearance').click();
    await this.page.getByTestId(`appearance-${scheme}`).click();
    await this.page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor();
  }

  async close(): Promise<void> {
    await this.app.close();
  }

  /** Ends the whole app at once, as a crash would. */
  async crash(): Promise<void> {
    const gone = new Promise((done) => this.app.process().once('exit', done));
    this.app.process().kill('SIGKILL');
    await gone;
  }
}
