import { decideAccess } from '#shared/domain/access/decideAccess.ts';
import { holdsMore } from '#shared/domain/access/guardRights.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import { checkPassword } from '#shared/domain/accounts/passwordPolicy.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import type { LinkAnswer, OneTimeLink } from '#shared/protocol/accounts.ts';
import type { StoreReader } from '../../storage/store.ts';
import type { AccountActor, AccountBatch, AccountNote, AccountWrite } from './accountBatch.ts';
import { putPassword } from './credentials.ts';
import { endLinkOf, findLink, issueLink } from './oneTimeLinks.ts';
import type { LinkPurpose } from './oneTimeLinks.ts';
import { passwordRefused } from './ownAccount.ts';
import { busy } from './problems.ts';
import type { EntryReader } from './secondFactor.ts';
import type { Account, SignIn } from './signIn.ts';

/** A signed-in person who acts on somebody else's account. */
export interface Administrator {
  principal: Principal;
  sessionId: string;
  address: string;
}

export interface StaffAccounts {
  /** A link with which a person chooses a password; told once, and mailed where mail is configured. */
  makeLink: (by: Administrator, staffId: string, purpose: LinkPurpose) => Promise<Result<OneTimeLink, Problem>>;
  removeSecondFactor: (by: Administrator, staffId: string) => Promise<Result<undefined, Problem>>;
  /** Forgets failed attempts, so that the person may try at once. */
  unlock: (by: Administrator, staffId: string) => Promise<Result<undefined, Problem>>;
  /** Of one's own, or with `sessions.manage` of anybody. Ended ones stay ended. */
  revokeSession: (by: Administrator, sessionId: string) => Promise<Result<undefined, Problem>>;
  revokeOthers: (by: Administrator) => Promise<Result<undefined, Problem>>;
  inspectLink: (token: string) => Promise<Result<LinkAnswer, Problem>>;
  /** Sets the password, ends all sessions of the person. Of two at once one wins. */
  redeemLink: (token: string, password: string, address: string) => Promise<Result<{ email: string }, Problem>>;
}

interface StaffAccountsOptions {
  signIn: SignIn;
  store: StoreReader;
  write: AccountWrite;
  principalOf: (staffId: string) => Principal | undefined;
  networkOf: (address: string) => string;
  /** Address under which consoles reach this server; '' = theirs to know. */
  publicUrl: string;
  /** True: it was handed to a mail server. */
  send: (person: Account, link: { purpose: LinkPurpose; link: string; expiresAt: string }) => Promise<boolean>;
  clock: Clock;
}

/** What administrators do with accounts of others: nobody gets into an account that holds more than they do themselves. */
export function createStaffAccounts(options: StaffAccountsOptions): StaffAccounts {
  const { signIn, store, write, principalOf, networkOf, clock } = options;
  const { attempts, passwords, secondFactor, sessions } = signIn;
  const actorOf = ({ principal, sessionId, address }: Administrator): AccountActor => ({
    id: principal.id,
    name: principal.name,
    session: sessionId,
    address: networkOf(address),
  });
  const noteOf = (
    actor: AccountActor,
    person: Account,
    action: AccountNote['action'],
    reason: string,
  ): AccountNote => ({
    actor,
    tenantId: '',
    action,
    resource: 'staff',
    resourceId: person.id,
    resourceName: person.name,
    reason,
  });
  /** The person, when somebody may change how they sign in. */
  const mayReach = (principal: Principal, staffId: string): Result<Account, Problem> => {
    if (!decideAccess(principal, 'staff.manage', { tenantId: '' }).allowed) return failure(forbidden);
    const [person, target] = [signIn.account(staffId), principalOf(staffId)];
    if (!person || !target) return failure(noSuchPerson);
    if (person.id === principal.id) return failure(ownAccount);
    return holdsMore(target, principal).length === 0 ? success(person) : failure(takeover);
  };
  const onReachable = async <Value>(
    by: Administrator,
    staffId: string,
    work: (batch: AccountBatch, person: Account) => Promise<Result<Value, Problem>>,
  ): Promise<Result<Value, Problem>> =>
    write(1, async (batch) => {
      const person = mayReach(by.principal, staffId);
      return person.ok ? work(batch, person.value) : person;
    });
  /** What a link opens: only what whoever made it could open at this moment. */
  const linkOf = async (
    reader: EntryReader,
    token: string,
  ): Promise<{ person: Account; purpose: LinkPurpose; expiresAt: number } | undefined> => {
    const found = await findLink(reader, token, clock);
    const maker = found && principalOf(found.madeBy);
    if (!found || !maker) return undefined;
    const person = mayReach(maker, found.staffId);
    return person.ok ? { person: person.value, purpose: found.purpose, expiresAt: found.expiresAt } : undefined;
  };

  return {
    makeLink: async (by, staffId, purpose) => {
      const hasPassword = (await store.getCredential(staffId)) !== undefined;
      const made = await onReachable(by, staffId, async (batch, person) => {
        if (purpose === 'invitation' && hasPassword) return failure(alreadyInvited);
        const issued = await issueLink(batch, { staffId, purpose, madeBy: by.principal.id }, clock);
        const reason = purpose === 'invitation' ? 'Invitation' : 'Password reset';
        batch.note(
          noteOf(actorOf(by), person, purpose === 'invitation' ? 'invite' : 'password_change', `${reason} link`),
        );
        return success({ ...issued, person });
      });
      if (!made.ok) return made;
      const { token, person } = made.value;
      const query = new URLSearchParams(options.publicUrl === '' ? { token } : { server: options.publicUrl, token });
      const link = `steward://link?${query.toString()}`;
      const expiresAt = new Date(made.value.expiresAt).toISOString();
      return success({ link, token, expiresAt, mailed: await options.send(person, { purpose, link, expiresAt }) });
    },
    removeSecondFactor: (by, staffId) =>
      onReachable(by, staffId, async (batch, person) => {
        if (await secondFactor.remove(batch, person.id))
          batch.note(noteOf(actorOf(by), person, 'second_factor_change', 'Second factor removed by an administrator'));
        return success(undefined);
      }),
    unlock: (by, staffId) =>
      write(1, async (batch) => {
        const { principal } = by;
        if (!decideAccess(principal, 'staff.manage', { tenantId: '' }).allowed) return failure(forbidden);
        const person = signIn.account(staffId);
        if (!person) return failure(noSuchPerson);
        await attempts.unlock(batch, person);
        batch.note(noteOf(actorOf(by), person, 'locked_out', 'Unlocked by an administrator'));
        return success(undefined);
      }),
    revokeSession: async (by, sessionId) => {
      const { principal } = by;
      const outcome = await write(1, async (batch): Promise<Result<boolean, Problem>> => {
        await batch.load([sessionId]);
        const row = await batch.reader.getSession(sessionId);
        const record = batch.get(sessionId);
        const body = record?.kind === 'session' && 'body' in record ? record.body : undefined;
        const staffId = row?.staffId ?? (typeof body?.['staffId'] === 'string' ? body['staffId'] : undefined);
        if (staffId === undefined) return failure(noSuchSession);
        const target = { tenantId: '', createdBy: staffId, assignedTo: staffId };
        if (staffId !== principal.id && !decideAccess(principal, 'sessions.manage', target).allowed)
          return failure(decideAccess(principal, 'sessions.view', target).allowed ? mayNotRevoke : noSuchSession);
        const ends = await sessions.end(batch, sessionId, 'revoked', principal.id);
        if (ends)
          batch.note({
            actor: actorOf(by),
            tenantId: '',
            action: 'session_revoke',
            resource: 'session',
            resourceId: sessionId,
            resourceName: signIn.account(staffId)?.name ?? '',
          });
        return success(ends);
      });
      if (!outcome.ok) return outcome;
      if (outcome.value) sessions.tell([sessionId]);
      return success(undefined);
    },
    revokeOthers: async (by) => {
      const { id, name } = by.principal;
      const over = await write(1, async (batch) => {
        const found = await sessions.endAll(batch, id, 'revoked', id, by.sessionId);
        for (const resourceId of found)
          batch.note({
            actor: actorOf(by),
            tenantId: '',
            action: 'session_revoke',
            resource: 'session',
            resourceId,
            resourceName: name,
          });
        return found;
      });
      sessions.tell(over);
      return success(undefined);
    },
    inspectLink: async (token) => {
      const found = await linkOf(store, token);
      if (!found) return failure(linkGone);
      const { email, name } = found.person;
      return success({ purpose: found.purpose, email, name, expiresAt: new Date(found.expiresAt).toISOString() });
    },
    redeemLink: async (token, password, address) => {
      const before = await linkOf(store, token);
      if (!before) return failure(linkGone);
      const { problem, score } = checkPassword(password, before.person);
      if (problem) return failure(passwordRefused('password', problem, score));
      const secret = await passwords.hash(password);
      if (secret === undefined) return failure(busy);
      let over: string[] = [];
      const outcome = await write(1, async (batch) => {
        const found = await linkOf(batch, token);
        if (!found) return failure(linkGone);
        const { person } = found;
        await endLinkOf(batch, person.id);
        putPassword(batch, person.id, secret, clock());
        await attempts.unlock(batch, person);
        over = await sessions.endAll(batch, person.id, 'password_changed', person.id);
        const actor = { id: person.id, name: person.name, address: networkOf(address) };
        const reason = found.purpose === 'invitation' ? 'Invitation taken up' : 'Reset by a link';
        batch.note(noteOf(actor, person, 'password_change', reason));
        return success({ email: person.email });
      });
      if (outcome.ok) sessions.tell(over);
      return outcome;
    },
  };
}

const forbidden: Problem = problemOf('forbidden', saying('permission_of_super_admin', { permission: 'staff.manage' }));
const takeover: Problem = problemOf('forbidden', saying('holds_more'), { details: { reason: 'holds_more' } });
const ownAccount: Problem = problemOf('forbidden', saying('own_account'), { details: { reason: 'own_account' } });
const noSuchPerson: Problem = problemOf('not_found', saying('no_such_person'));
const alreadyInvited: Problem = problemOf('invalid', saying('has_password'), { details: { reason: 'has_password' } });
const noSuchSession: Problem = problemOf('not_found', saying('no_such_session'));
const mayNotRevoke: Problem = problemOf(
  'forbidden',
  saying('permission_for_sessions', { permission: 'sessions.manage' }),
);
const linkGone: Problem = problemOf('gone', saying('link_gone'));
