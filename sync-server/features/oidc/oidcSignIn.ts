import type { Problem } from '#shared/kernel/errors.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { SessionAnswer } from '#shared/protocol/session.ts';
import { flowLife } from './oidcFlows.ts';
import type { OidcFlow, OidcFlows } from './oidcFlows.ts';
import type { OidcProvider, ProviderIdentity, ProviderRefusal } from './oidcProvider.ts';
import type { Subject, Subjects } from './subjects.ts';

/** What signing in through a provider needs of the rest of the server. */
export interface OidcParts {
  /** What people call the provider. */
  name: string;
  provider: OidcProvider;
  flows: OidcFlows;
  subjects: Subjects;
  /** An active account by its address, in lower case. */
  staffByEmail: (email: string) => string | undefined;
  standingOf: (staffId: string) => Promise<'active' | 'disabled' | 'gone'>;
  /** Ends what ties an account that is gone to the provider's people, this one in any case. */
  unbind: (staffId: string, subject: Subject) => Promise<void>;
  /** Makes whoever the provider knows a member of staff; undefined = only who is one already may sign in. */
  createStaff: ((person: { email: string; name: string }) => Promise<string | undefined>) | undefined;
  begin: (
    staffId: string,
    device: { clientId: string; device: string; address: string; proved: boolean },
    /** The sign-in there, which the session keeps. */
    at: ProviderIdentity,
    /** Refused with `over` when the provider said since `startedAt` that it is over. */
    flow: { startedAt: number; over: Problem },
  ) => Promise<Result<SessionAnswer, Problem>>;
  /** Opens dangerous acts to a session; answers until when. */
  elevate: (sessionId: string) => Promise<string>;
  /** Notes an attempt in the audit log. `staffId` '' = nobody known here. */
  refused: (attempt: {
    staffId: string;
    sessionId: string;
    device: string;
    address: string;
    reason: string;
  }) => Promise<void>;
  /** What a person who runs the server may have to look at: a provider out of reach, a token that does not fit. */
  complain: (message: string, refusal: ProviderRefusal) => void;
}

/** A session that asks, and who it belongs to. */
interface Asking {
  staffId: string;
  sessionId: string;
}

export interface OidcSignIn {
  begin: (
    request: { redirectUri: string; clientId: string; device: string },
    proves: Asking | null,
  ) => Promise<Result<{ flow: string; authorizationUrl: string }, Problem>>;
  /** `asking`: the session that the request came with. A flow begun by a session ends in that session only. */
  finish: (
    request: { flow: string; callbackUrl: string },
    from: { asking: Asking | undefined; address: string },
  ) => Promise<Result<SessionAnswer | { elevatedUntil: string }, Problem>>;
}

/** Milliseconds by which the provider's clock may be behind. */
const clockDifference = 60_000;

/**
 * Sign-in at an OpenID provider. An account is found by the address that the provider confirms, once; from then on it is tied
 * to the person there (issuer and subject), whatever their address becomes. Whoever is not let in is told nothing about
 * accounts here but that theirs is not among them.
 */
export function createOidcSignIn(parts: OidcParts): OidcSignIn {
  const { provider, flows, subjects, name } = parts;
  const problems = problemsOf(name);

  /** Whose account it is, or why nobody's. `staffId` is for the log alone. */
  const accountOf = async (
    identity: ProviderIdentity,
  ): Promise<{ staffId: string } | { problem: Problem; reason: string; staffId: string }> => {
    const bound = await subjects.staffOf(identity);
    if (bound !== undefined) {
      const standing = await parts.standingOf(bound);
      if (standing === 'active') return { staffId: bound };
      if (standing === 'disabled') return { problem: problems.notStaff, reason: 'account disabled', staffId: bound };
      await parts.unbind(bound, identity);
    }
    if (identity.email === '') return { problem: problems.noEmail, reason: 'no e-mail address', staffId: '' };
    if (!identity.emailVerified)
      return { problem: problems.unverified, reason: 'e-mail address not verified', staffId: '' };
    const { email } = identity;
    const found = parts.staffByEmail(email) ?? (await parts.createStaff?.({ email, name: identity.name || email }));
    if (found === undefined) return { problem: problems.notStaff, reason: 'no active account', staffId: '' };
    if (await subjects.bind(identity, found)) return { staffId: found };
    return { problem: problems.notStaff, reason: 'account tied to another person of the provider', staffId: found };
  };

  return {
    begin: async (request, proves) => {
      const { name: flow, flow: opened } = await flows.open({ ...request, proves });
      const url = await provider.authorizationUrl({ ...opened, fresh: proves !== null });
      if (url.ok) return success({ flow, authorizationUrl: url.value });
      parts.complain('the OpenID provider could not be asked', url.error);
      return failure(problems.unreachable);
    },
    finish: async ({ flow: flowName, callbackUrl }, { asking, address }) => {
      const flow = await flows.take(flowName);
      if (!flow) return failure(problems.flowOver);
      const { proves, device, clientId } = flow;
      if (proves && (asking?.sessionId !== proves.sessionId || asking.staffId !== proves.staffId))
        return failure(problems.flowOver);
      const note = (staffId: string, reason: string) =>
        parts.refused({ staffId, sessionId: proves?.sessionId ?? '', device, address, reason });
      const callback = callbackOf(callbackUrl, flow);
      if (!callback) return failure(problems.notValid);
      const identified = await provider.identify(callback, { ...flow, fresh: proves !== null });
      if (!identified.ok) {
        const { error } = identified;
        if (error.reason !== 'declined') parts.complain('nobody was identified by the OpenID provider', error);
        if (error.reason === 'unreachable') return failure(problems.unreachable);
        await note(proves?.staffId ?? '', error.reason === 'declined' ? 'declined at the provider' : error.detail);
        return failure(error.reason === 'declined' ? problems.declined : problems.notValid);
      }
      const identity = identified.value;
      // A provider that still knows the person from before lets in whoever sits there.
      const proved = identity.signedInAt >= flow.startedAt - clockDifference;
      if (proves && !proved) {
        await note(proves.staffId, 'no fresh sign-in at the provider');
        return failure(problems.notFresh);
      }
      // Before an account is sought: proving who one is neither makes accounts nor reveals any.
      if (proves && !(await isTheirs(identity, proves.staffId))) {
        await note(proves.staffId, 'somebody else signed in at the provider');
        return failure(problems.somebodyElse);
      }
      const account = await accountOf(identity);
      if ('problem' in account) {
        await note(account.staffId, account.reason);
        return failure(account.problem);
      }
      if (!proves) {
        const under = { startedAt: flow.startedAt, over: problems.flowOver };
        return parts.begin(account.staffId, { clientId, device, address, proved }, identity, under);
      }
      return success({ elevatedUntil: await parts.elevate(proves.sessionId) });
    },
  };

  async function isTheirs(identity: ProviderIdentity, staffId: string): Promise<boolean> {
    const bound = await subjects.staffOf(identity);
    if (bound !== undefined) return bound === staffId;
    return identity.emailVerified && parts.staffByEmail(identity.email) === staffId;
  }
}

/** The address the browser came back to, if it is the one that was agreed upon. */
function callbackOf(callbackUrl: string, flow: OidcFlow): URL | undefined {
  const url = URL.canParse(callbackUrl) ? new URL(callbackUrl) : undefined;
  return url && `${url.origin}${url.pathname}` === flow.redirectUri && url.hash === '' ? url : undefined;
}

/** `details.reason` lets a console say it in another language. */
function problemsOf(name: string) {
  const refused = (reason: string, message: string, code: Problem['code'] = 'invalid_credentials'): Problem => ({
    code,
    message,
    details: { reason },
  });
  return {
    unreachable: refused(
      'unreachable',
      `${name} cannot be reached from the server. Try again later, or sign in another way.`,
      'unavailable',
    ),
    flowOver: refused(
      'flow_over',
      `This sign-in is over: it works once, for ${flowLife / 60_000} minutes. Begin again.`,
      'gone',
    ),
    notValid: refused('not_valid', `What came back from ${name} does not belong to this sign-in. Begin again.`),
    declined: refused('declined', `${name} did not sign you in. Begin again, or sign in another way.`),
    unverified: refused(
      'unverified',
      `${name} has not confirmed your e-mail address. Confirm it there, then begin again.`,
    ),
    noEmail: refused('no_email', `${name} does not tell your e-mail address. Allow it there, then begin again.`),
    notStaff: refused(
      'not_staff',
      `Nobody may sign in here with this account of ${name}. Use the account your administrator invited, or ask them.`,
    ),
    notFresh: refused('not_fresh', `${name} did not ask you to sign in anew. Begin again and sign in there.`),
    somebodyElse: refused(
      'somebody_else',
      `Somebody else is signed in at ${name}. Sign in there as yourself, then begin again.`,
    ),
  };
}
