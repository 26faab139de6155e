import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { LockReason, LockState, UnlockAnswer } from '#shared/ipc/lock.ts';
import { defaultOfflineDays } from '#shared/kernel/offlineDays.ts';
import type { HonestClock } from './honestClock.ts';
import { graceOf, mostWrongSecrets, waitAfter } from './lockGuard.ts';
import type { LockGuard } from './lockGuard.ts';
import type { SessionVault } from './sessionVault.ts';

/** The lock of the console's screen, and the time it may be used without its server. */
export interface ConsoleLock {
  state: () => LockState;
  /** Somebody signed in with the server: opens the lock, and keeps how to check that password here. */
  signedIn: (password: string | null) => Promise<LockState>;
  /** Keeps how to check another secret of the signed-in person; null = none. */
  setSecret: (secret: { kind: 'password' | 'pin'; value: string } | null) => Promise<LockState>;
  /** Does nothing while nobody is signed in. */
  lock: (reason: Exclude<LockReason, '' | 'grace'>) => LockState;
  unlock: (secret: string) => Promise<UnlockAnswer>;
  /** The server has just said that the session lives, and for how many days the console may be used without it. */
  contacted: (offlineDays: number) => LockState;
  /** Keeps the time that has passed; called every minute. */
  tick: () => LockState;
}

export interface ConsoleLockOptions {
  vault: SessionVault;
  clock: HonestClock;
  /** Of scrypt: 2 to this power; 16 as OWASP asks (with r = 8, p = 2), less in tests. */
  cost?: number;
}

export function createConsoleLock({ vault, clock, cost = 16 }: ConsoleLockOptions): ConsoleLock {
  const derive = (secret: string, salt: Buffer) =>
    new Promise<Buffer>((resolve, reject) => {
      const parameters = { N: 2 ** cost, r: 8, p: 2, maxmem: 256 * 2 ** cost * 8 };
      scrypt(secret.normalize('NFKC'), salt, 32, parameters, (error, key) => (error ? reject(error) : resolve(key)));
    });
  const verifierOf = async (kind: 'password' | 'pin', secret: string): Promise<LockGuard['verifier']> => {
    const salt = randomBytes(16);
    const hash = await derive(secret, salt);
    return { kind, salt: salt.toString('base64'), hash: hash.toString('base64') };
  };
  const change = (changes: Partial<LockGuard>) =>
    vault.changeGuard((guard) => ({ ...guard, ...changes, latestSeen: clock.now() }));

  const begun = vault.guard();
  if (begun) clock.startFrom(begun.latestSeen);

  const state = (): LockState => {
    const guard = vault.guard();
    if (!guard)
      return {
        locked: '',
        opensWith: 'sign_in',
        secret: 'none',
        triesLeft: 0,
        waitSeconds: 0,
        offlineDays: defaultOfflineDays,
        graceEndsAt: '',
      };
    const now = clock.now();
    const graceEnds = guard.lastContact + graceOf(guard);
    const locked: LockReason = now > graceEnds ? 'grace' : guard.locked;
    const spent = guard.wrong >= mostWrongSecrets;
    return {
      locked,
      opensWith: locked === 'grace' || spent || !guard.verifier ? 'sign_in' : guard.verifier.kind,
      secret: guard.verifier?.kind ?? 'none',
      triesLeft: Math.max(0, mostWrongSecrets - guard.wrong),
      waitSeconds: Math.max(0, Math.ceil((guard.waitUntil - now) / 1000)),
      offlineDays: guard.offlineDays,
      graceEndsAt: new Date(graceEnds).toISOString(),
    };
  };
  const opened = { locked: '', wrong: 0, waitUntil: 0 } as const;
  let checking: Promise<unknown> = Promise.resolve();

  return {
    state,
    signedIn: async (password) => {
      const known = vault.guard()?.verifier;
      const verifier =
        password === null ? (known?.kind === 'pin' ? known : null) : await verifierOf('password', password);
      change({ ...opened, verifier, lastContact: clock.now() });
      return state();
    },
    setSecret: async (secret) => {
      change({ verifier: secret && (await verifierOf(secret.kind, secret.value)) });
      return state();
    },
    lock: (reason) => {
      if (vault.guard()?.locked === '') change({ locked: reason });
      return state();
    },
    unlock: (secret) => {
      // One at a time, so that many tries at once count as many.
      const answer = checking.then(async (): Promise<UnlockAnswer> => {
        const guard = vault.guard();
        const before = state();
        if (!guard?.verifier || before.opensWith === 'sign_in' || before.waitSeconds > 0)
          return { opened: false, state: before };
        const hash = await derive(secret, Buffer.from(guard.verifier.salt, 'base64'));
        const matches = timingSafeEqual(hash, Buffer.from(guard.verifier.hash, 'base64'));
        const wrong = guard.wrong + 1;
        change(matches ? opened : { wrong, waitUntil: clock.now() + waitAfter(wrong) });
        return { opened: matches, state: state() };
      });
      checking = answer.catch(() => undefined); // Told to whoever asked.
      return answer;
    },
    contacted: (offlineDays) => {
      if (vault.guard()) change({ lastContact: clock.now(), offlineDays });
      return state();
    },
    tick: () => {
      if (vault.guard()) change({});
      return state();
    },
  };
}
