import type { Page } from 'playwright-core';

/** Sign-in, lock and account pages, in the words of their users. */
export class AccountScreens {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async lock(): Promise<void> {
    await this.page.getByTestId('account').click();
    await this.page.getByTestId('lock-now').click();
    await this.locked();
  }

  async locked(): Promise<void> {
    await this.page.getByTestId('lock-screen').waitFor();
  }

  async unlock(secret: string): Promise<void> {
    await this.page.getByTestId('unlock-secret').fill(secret);
    await this.page.getByTestId('unlock').click();
  }

  async signOut(): Promise<void> {
    await this.page.getByTestId('account').click();
    await this.page.getByTestId('sign-out').click();
    await this.page.getByTestId('sign-in-email').waitFor();
  }

  /** `codeOf` makes the code of a secret; the password is given when the console asks for a proof. */
  async enrol(
    password: string,
    codeOf: (secret: string) => string,
  ): Promise<{ secret: string; recoveryCodes: string[] }> {
    await this.page.evaluate(() => (window.location.hash = '/account'));
    await this.page.getByTestId('enrol').click();
    const shown = this.page.getByTestId('totp-secret');
    const proof = this.page.getByTestId('proof');
    await shown.or(proof).first().waitFor();
    if (await proof.isVisible()) {
      await proof.fill(password);
      await this.page.getByTestId('prove').click();
    }
    const secret = (await shown.getAttribute('data-secret')) ?? '';
    await this.page.getByTestId('totp-code').fill(codeOf(secret));
    await this.page.getByTestId('confirm-totp').click();
    const codes = this.page.getByTestId('recovery-codes').locator('li');
    await codes.first().waitFor();
    const recoveryCodes = await codes.allInnerTexts();
    await this.page.getByTestId('codes-kept').check();
    await this.page.getByTestId('codes-done').click();
    await this.page.locator('[data-testid="second-factor-state"][data-on="true"]').waitFor();
    return { secret, recoveryCodes };
  }

  /** With a recovery code, since the code of the moment is used up. */
  async answerSecondFactor(recoveryCode: string): Promise<void> {
    await this.page.getByTestId('other-code').click();
    await this.page.getByTestId('recovery-code').fill(recoveryCode);
    await this.page.getByTestId('send-code').click();
  }

  /** Once the console shows a link that was opened. */
  async redeemLink(password: string): Promise<void> {
    await this.page.getByTestId('new-password').fill(password);
    await this.page.getByTestId('repeat-password').fill(password);
    await this.page.getByTestId('use-link').click();
  }
}
