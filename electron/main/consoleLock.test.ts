import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createConsoleLock } from './consoleLock.ts';
import { createHonestClock } from './honestClock.ts';
import { mostWrongSecrets } from './lockGuard.ts';
import { openSessionVault } from './sessionVault.ts';
import type { Cipher } from './sessionVault.ts';

const day = 86_400_000;
const session = { refreshToken: 'token', email: 'ada@steward.example', serverUrl: 'https://steward.example.org' };
const cipher: Cipher = {
  protection: () => 'basic',
  encrypt: (text) => Buffer.from(text, 'utf8'),
  decrypt: (data) => data.toString('utf8'),
};

let folder: string;
/** The system's clock and the process's, in milliseconds. */
let system: number;
let running: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'steward-lock-'));
  system = Date.parse('2026-03-01T08:00:00Z');
  running = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The console as it starts: all it knows is in the folder. */
function start() {
  running = 0;
  const clock = createHonestClock(
    () => system,
    () => running,
  );
  const complain = (message: string) => expect.unreachable(message);
  const vault = openSessionVault(join(folder, 'session.json'), cipher, complain, clock.now);
  return { vault, lock: createConsoleLock({ vault, clock, cost: 4 }) };
}
function pass(milliseconds: number) {
  system += milliseconds;
  running += milliseconds;
}

describe('the lock of the screen', () => {
  it('opens with the password of the last sign-in, without a server, and stays closed over a restart until then', async () => {
    const first = start();
    first.vault.save(session);
    await first.lock.signedIn('un café très long');
    expect(first.lock.lock('asked')).toMatchObject({ locked: 'asked', opensWith: 'password' });
    const { lock } = start();
    expect(lock.state().locked).toBe('asked');
    expect(await lock.unlock('something else')).toMatchObject({
      opened: false,
      state: { locked: 'asked', triesLeft: 9 },
    });
    expect(await lock.unlock('un café très long'.normalize('NFD'))).toMatchObject({
      opened: true,
      state: { locked: '', triesLeft: 10 },
    });
    expect(readFileSync(join(folder, 'session.json'), 'utf8')).not.toContain(
      Buffer.from('un café très long').toString('base64').slice(4, 16),
    );
  });

  it('waits longer after each wrong password, and after ten asks for a sign-in', async () => {
    const { vault, lock } = start();
    vault.save(session);
    await lock.signedIn('right horse battery');
    lock.lock('idle');
    const waits: number[] = [];
    for (let count = 0; count < mostWrongSecrets; count += 1) {
      const { state } = await lock.unlock('wrong');
      waits.push(state.waitSeconds);
      const early = state.waitSeconds > 0 && (await lock.unlock('right horse battery')).opened;
      expect(early).toBe(false);
      pass(state.waitSeconds * 1000);
    }
    expect(waits).toEqual([0, 0, 5, 15, 30, 60, 120, 300, 300, 300]);
    expect(await lock.unlock('right horse battery')).toMatchObject({ opened: false, state: { opensWith: 'sign_in' } });
    expect(await lock.signedIn('right horse battery')).toMatchObject({ locked: '', triesLeft: 10 });
  });

  it('counts tries that come at once one after another', async () => {
    const { vault, lock } = start();
    vault.save(session);
    await lock.signedIn('right horse battery');
    lock.lock('asked');
    await Promise.all(Array.from({ length: 40 }, () => lock.unlock('wrong')));
    expect(lock.state()).toMatchObject({ triesLeft: mostWrongSecrets - 3, waitSeconds: 5 });
  });

  it('has nothing to lock while nobody is signed in, and forgets the last person with their session', async () => {
    const { vault, lock } = start();
    expect(lock.lock('asked').locked).toBe('');
    vault.save(session);
    await lock.signedIn('right horse battery');
    vault.save({ ...session, refreshToken: 'the next one' });
    expect(lock.state().secret).toBe('password');
    vault.save({ ...session, email: 'bob@steward.example' });
    expect(lock.state().secret).toBe('none');
  });

  it('stays locked, with its wrong tries, whatever session is kept, until somebody signs in', async () => {
    const { vault, lock } = start();
    vault.save(session);
    await lock.signedIn('right horse battery');
    lock.lock('asked');
    await lock.unlock('wrong');
    vault.save({ ...session, email: 'bob@steward.example' });
    expect(lock.state()).toMatchObject({ locked: 'asked', triesLeft: mostWrongSecrets - 1, opensWith: 'sign_in' });
    expect(start().lock.state().locked).toBe('asked');
    expect(await lock.signedIn('of bob')).toMatchObject({
      locked: '',
      triesLeft: mostWrongSecrets,
      secret: 'password',
    });
  });

  it('keeps its secret when the person only has another e-mail address', async () => {
    const { vault, lock } = start();
    vault.save({ ...session, staffId: 'ada' });
    await lock.signedIn('right horse battery');
    vault.save({ ...session, staffId: 'ada', email: 'ada.lovelace@steward.example' });
    expect(lock.state().secret).toBe('password');
  });

  it('opens with a PIN where there is no password, and only with a sign-in where there is neither', async () => {
    const { vault, lock } = start();
    vault.save(session);
    await lock.signedIn(null);
    expect(lock.lock('asked')).toMatchObject({ locked: 'asked', opensWith: 'sign_in' });
    expect((await lock.unlock('')).opened).toBe(false);
    await lock.signedIn(null);
    await lock.setSecret({ kind: 'pin', value: '314159' });
    lock.lock('asked');
    expect((await lock.unlock('314159')).opened).toBe(true);
    expect(await lock.signedIn(null)).toMatchObject({ secret: 'pin' });
  });
});

describe('the time without a server', () => {
  it('ends after the grace, and a contact begins it anew', async () => {
    const { vault, lock } = start();
    vault.save(session);
    await lock.signedIn('right horse battery');
    pass(14 * day);
    expect(start().lock.state().locked).toBe('');
    pass(1);
    expect(start().lock.state()).toMatchObject({ locked: 'grace', opensWith: 'sign_in' });
    expect(start().lock.contacted(14).locked).toBe('');
  });

  it('is as long as the server said last, over restarts and for the next session too', async () => {
    const { vault, lock } = start();
    vault.save(session);
    await lock.signedIn('right horse battery');
    expect(lock.contacted(30)).toMatchObject({ offlineDays: 30 });
    vault.save({ ...session, refreshToken: 'the next one' });
    pass(30 * day);
    expect(start().lock.state()).toMatchObject({ locked: '', offlineDays: 30 });
    pass(1);
    expect(start().lock.state().locked).toBe('grace');
    lock.contacted(3);
    expect(lock.state().locked).toBe('');
    pass(3 * day + 1);
    expect(start().lock.state().locked).toBe('grace');
  });

  it('bears a broken line where the server allows no days at all', async () => {
    const { vault, lock } = start();
    vault.save(session);
    await lock.signedIn('right horse battery');
    lock.contacted(0);
    pass(15 * 60_000);
    expect(lock.state()).toMatchObject({ locked: '', offlineDays: 0 });
    pass(1);
    expect(lock.state().locked).toBe('grace');
  });

  it('is fourteen days in a session that an earlier version kept', async () => {
    const { vault, lock } = start();
    vault.save(session);
    await lock.signedIn('right horse battery');
    const path = join(folder, 'session.json');
    const file = JSON.parse(readFileSync(path, 'utf8')) as { data: string };
    const content = JSON.parse(Buffer.from(file.data, 'base64').toString('utf8')) as {
      guard: { offlineDays?: number };
    };
    delete content.guard.offlineDays;
    const data = Buffer.from(JSON.stringify(content)).toString('base64');
    writeFileSync(path, JSON.stringify({ ...file, data }));
    expect(start().lock.state()).toMatchObject({ secret: 'password', offlineDays: 14 });
  });

  it('goes on while the clock is set back, also over restarts', async () => {
    const first = start();
    first.vault.save(session);
    await first.lock.signedIn('right horse battery');
    pass(10 * day);
    first.lock.tick();
    system -= 300 * day;
    const second = start();
    expect(second.lock.state().locked).toBe('');
    running += 3 * day;
    second.lock.tick();
    const third = start();
    running += day + 1;
    expect(third.lock.state().locked).toBe('grace');
  });
});
