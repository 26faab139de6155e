import type * as z from 'zod';
import { checkPassword } from '#shared/domain/accounts/passwordPolicy.ts';
import type { PasswordProblem } from '#shared/domain/accounts/passwordPolicy.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import type { AccountAnswer, changePasswordSchema, reauthenticateSchema } from '#shared/protocol/accounts.ts';
import type { StoreReader } from '../../storage/store.ts';
import type { AccountActor, AccountBatch, AccountNote, AccountWrite } from './accountBatch.ts';
import { passwordChangedAt, putPassword } from './credentials.ts';
import { elevate } from './elevation.ts';
import { endLinkOf } from './oneTimeLinks.ts';
import { busy, ended, wrongCode } from './problems.ts';
import type { Account, SignIn } from './signIn.ts';

/** A signed-in person who acts on their own account. */
export interface Asking {
  staffId: string;
  sessionId: string;
  address: string;
}

export interface OwnAccount {
  facts: (asking: Asking) => Promise<Result<AccountAnswer, Problem>>;
  /** Password, code, or both: whatever is given must be right. Answers until when it counts. */
  reauthenticate: (
    asking: Asking,
    given: z.infer<typeof reauthenticateSchema>,
  ) => Promise<Result<{ elevatedUntil: string }, Problem>>;
  /** Ends the person's other sessions and any link to set a password. */
  changePassword: (asking: Asking, given: z.infer<typeof changePasswordSchema>) => Promise<Result<undefined, Problem>>;
  beginTotp: (asking: Asking) => Promise<Result<{ secret: string; uri: string }, Problem>>;
  confirmTotp: (asking: Asking, code: string) => Promise<Result<{ recoveryCodes: string[] }, Problem>>;
  renewRecoveryCodes: (asking: Asking) => Promise<Result<{ recoveryCodes: string[] }, Problem>>;
  removeTotp: (asking: Asking) => Promise<Result<undefined, Problem>>;
}

interface OwnAccountOptions {
  signIn: SignIn;
  /** What is known of the person and the session at an OpenID provider. */
  providerFacts: (asking: Asking) => Promise<Pick<AccountAnswer, 'provider' | 'signOutAt'>>;
  store: StoreReader;
  write: AccountWrite;
  networkOf: (address: string) => string;
  clock: Clock;
}

/** What people do with their own accounts, and with nobody else's. */
export function createOwnAccount(options: OwnAccountOptions): OwnAccount {
  const { signIn, store, write, networkOf, clock } = options;
  const { attempts, passwords, secondFactor, sessions } = signIn;
  const actorOf = (person: Account, { sessionId, address }: Asking): AccountActor => ({
    id: person.id,
    name: person.name,
    session: sessionId,
    address: networkOf(address),
  });
  const noteOf = (person: Account, asking: Asking, action: AccountNote['action'], reason: string): AccountNote => ({
    actor: actorOf(person, asking),
    tenantId: '',
    action,
    resource: 'staff',
    resourceId: person.id,
    resourceName: person.name,
    reason,
  });
  /** One attempt of a person to prove themselves: counted when it fails, and refused when too many failed before. */
  const prove = async <Value>(
    asking: Asking,
    proof: (person: Account) => Promise<Result<(batch: AccountBatch) => Promise<Result<Value, Problem>>, Problem>>,
  ): Promise<Result<Value, Problem>> => {
    const person = signIn.account(asking.staffId);
    if (!person) return failure(ended);
    const attempt = await attempts.enterOwn(person.id, asking.address);
    if (!attempt.ok) return attempt;
    try {
      const proved = await proof(person);
      if (!proved.ok && proved.error.code !== 'invalid_credentials') return proved;
      return await write(1, async (batch) => {
        if (!(await sessions.isLiving(batch, asking.sessionId))) return failure(ended);
        const outcome = proved.ok ? await proved.value(batch) : proved;
        if (outcome.ok) attempt.value.succeeded(batch);
        else if (outcome.error.code === 'invalid_credentials') {
          const reason = outcome.error.path === 'totp' ? 'second factor' : 'password';
          batch.note(noteOf(person, asking, 'failed_login', reason));
          if (await attempt.value.failed(batch)) batch.note(noteOf(person, asking, 'locked_out', reason));
        }
        return outcome;
      });
    } finally {
      attempt.value.leave();
    }
  };
  /** Success: whether the password is the person's; it must still be when the commit runs. */
  const passwordIs = async (person: Account, password: string): Promise<Result<number, Problem>> => {
    const changedAt = await passwordChangedAt(store, person.id);
    const matches = await passwords.matches(password, (await store.getCredential(person.id))?.secret);
    if (matches === undefined) return failure(busy);
    return matches ? success(changedAt) : failure(wrongPassword);
  };
  const withPerson = async <Value>(
    asking: Asking,
    work: (batch: AccountBatch, person: Account) => Promise<Result<Value, Problem>>,
  ): Promise<Result<Value, Problem>> =>
    write(1, async (batch) => {
      const person = signIn.account(asking.staffId);
      return person ? work(batch, person) : failure(ended);
    });

  return {
    facts: async (asking) => {
      const { staffId, sessionId } = asking;
      const person = signIn.account(staffId);
      if (!person) return failure(ended);
      const [credential, changedAt] = [await store.getCredential(staffId), await passwordChangedAt(store, staffId)];
      return success({
        id: staffId,
        email: person.email,
        sessionId,
        hasPassword: credential !== undefined,
        passwordChangedAt: changedAt === 0 ? '' : new Date(changedAt).toISOString(),
        ...(await secondFactor.stateOf(store, staffId)),
        elevatedUntil: await signIn.elevatedUntil(sessionId),
        ...(await options.providerFacts(asking)),
      });
    },
    reauthenticate: async (asking, { password, totp }) => {
      if (password === undefined && totp === undefined) return failure(nothingGiven);
      return prove(asking, async (person) => {
        const right = password === undefined ? undefined : await passwordIs(person, password);
        if (right && !right.ok) return right;
        return success(async (batch) => {
          if (right && right.value !== (await passwordChangedAt(batch, person.id))) return failure(wrongPassword);
          const method = totp === undefined ? 'password' : await secondFactor.accept(batch, person.id, totp);
          if (!method) return failure(wrongCode);
          const until = elevate(batch, asking.sessionId, clock);
          batch.note(noteOf(person, asking, 'reauthenticate', method));
          return success({ elevatedUntil: new Date(until).toISOString() });
        });
      });
    },
    changePassword: async (asking, { current, next }) => {
      const before = signIn.account(asking.staffId);
      if (!before) return failure(ended);
      const { problem, score } = checkPassword(next, before);
      if (problem) return failure(passwordRefused('next', problem, score));
      if (next.normalize('NFKC') === current.normalize('NFKC')) return failure(samePassword);
      let over: string[] = [];
      const outcome = await prove(asking, async (person) => {
        const right = await passwordIs(person, current);
        if (!right.ok) return right;
        const secret = await passwords.hash(next);
        if (secret === undefined) return failure(busy);
        return success(async (batch) => {
          if (right.value !== (await passwordChangedAt(batch, person.id))) return failure(wrongPassword);
          putPassword(batch, person.id, secret, clock());
          await endLinkOf(batch, person.id);
          over = await sessions.endAll(batch, person.id, 'password_changed', person.id, asking.sessionId);
          batch.note(noteOf(person, asking, 'password_change', ''));
          return success(undefined);
        });
      });
      if (outcome.ok) sessions.tell(over);
      return outcome;
    },
    beginTotp: (asking) => withPerson(asking, async (batch, person) => success(secondFactor.begin(batch, person))),
    confirmTotp: (asking, code) =>
      withPerson(asking, async (batch, person) => {
        const recoveryCodes = await secondFactor.confirm(batch, person.id, code);
        if (!recoveryCodes) return failure(wrongFirstCode);
        batch.note(noteOf(person, asking, 'second_factor_change', 'Authenticator app added'));
        return success({ recoveryCodes });
      }),
    renewRecoveryCodes: (asking) =>
      withPerson(asking, async (batch, person) => {
        const recoveryCodes = await secondFactor.renewRecoveryCodes(batch, person.id);
        if (!recoveryCodes) return failure(noSecondFactor);
        batch.note(noteOf(person, asking, 'second_factor_change', 'Recovery codes renewed'));
        return success({ recoveryCodes });
      }),
    removeTotp: (asking) =>
      withPerson(asking, async (batch, person) => {
        if (await secondFactor.remove(batch, person.id))
          batch.note(noteOf(person, asking, 'second_factor_change', 'Authenticator app removed'));
        return success(undefined);
      }),
  };
}

/** `details.reason` is one that consoles have a text for. */
export function passwordRefused(path: string, reason: PasswordProblem, score: number): Problem {
  return problemOf('invalid', saying(`password_${reason}`), { path, details: { reason, score } });
}

const wrongPassword: Problem = problemOf('invalid_credentials', saying('wrong_password'), { path: 'password' });
const wrongFirstCode: Problem = problemOf('invalid', saying('wrong_first_code'), { path: 'code' });
const nothingGiven: Problem = problemOf('invalid_message', saying('proof_missing'), { path: 'password' });
const samePassword: Problem = problemOf('invalid', saying('same_password'), {
  path: 'next',
  details: { reason: 'same' },
});
const noSecondFactor: Problem = problemOf('invalid', saying('no_second_factor'));
