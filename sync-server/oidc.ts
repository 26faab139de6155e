import { holdsMore } from '#shared/domain/access/guardRights.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { ProviderTie } from '#shared/protocol/accounts.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { staff } from '#shared/resources/access/staff.ts';
import type { Area, AreaParts } from './area.ts';
import { oidcSettingsOf } from './config/oidcSettings.ts';
import type { OidcSettings } from './config/oidcSettings.ts';
import { createBackChannelLogout } from './features/oidc/backChannelLogout.ts';
import { wasOvertaken } from './features/oidc/logoutNotices.ts';
import { createOidcFlows } from './features/oidc/oidcFlows.ts';
import { createOidcProvider } from './features/oidc/oidcProvider.ts';
import type { OidcProvider, ProviderRefusal } from './features/oidc/oidcProvider.ts';
import { createOidcSignIn } from './features/oidc/oidcSignIn.ts';
import type { OidcSignIn } from './features/oidc/oidcSignIn.ts';
import { createProviderSessions } from './features/oidc/providerSessions.ts';
import type { ProviderSessions } from './features/oidc/providerSessions.ts';
import { providerTie } from './features/oidc/providerTie.ts';
import { createSignOutTickets } from './features/oidc/signOutTickets.ts';
import { createSubjects, tieOf, unbindSubjects } from './features/oidc/subjects.ts';
import { createSealer } from './features/secrets/sealedValue.ts';
import { addOidcRoutes } from './http/oidcRoutes.ts';
import type { OidcEdges } from './http/oidcRoutes.ts';
import { oidcSignOutRoutes } from './http/oidcSignOutRoutes.ts';
import type { SignedIn } from './http/routeModule.ts';
import { loadServerKey } from './serverKey.ts';
import type { WriteBatch } from './sync/writeBatch.ts';

/** Sign-in and sign-out through an OpenID provider. @throws CommandLineError when the options do not fit together */
export function createOidc(parts: AreaParts): Area {
  const { options, store, signIn, log } = parts;
  const settings = oidcSettingsOf(options);
  const sealer = createSealer(loadServerKey(options));
  const sessions = createProviderSessions({ store, sealer });
  let forgetting: Promise<void> = Promise.resolve();
  // Only tidies up: what is missed here, the next start does.
  const forget = (work: () => Promise<void>) => {
    forgetting = forgetting
      .then(work)
      .catch((error: unknown) =>
        log.warn({ err: error }, 'sign-ins of ended sessions are forgotten with the next start'),
      );
    return forgetting;
  };
  signIn.onRevoked((sessionId) => void forget(() => sessions.forget([sessionId])));
  const edges: OidcEdges = {
    provider: settings && throughProvider(settings, parts, sessions, sealer),
    tieOf: (id) => tieForOthers(parts, settings, id),
    release: (id, by) => release(parts, id, by),
    releaseOwn: (by) => releaseOwn(parts, by),
  };
  return {
    modules: [(app, gate) => addOidcRoutes(app, gate, edges), oidcSignOutRoutes(edges)],
    start: () => forget(sessions.sweep),
    stop: () => forgetting,
  };
}

function throughProvider(
  settings: OidcSettings,
  parts: AreaParts,
  sessions: ProviderSessions,
  sealer: ReturnType<typeof createSealer>,
): OidcEdges['provider'] {
  const { store, core, signIn, clock, log } = parts;
  const { name } = settings;
  const provider = createOidcProvider(settings, clock);
  const complain = (message: string, { reason, detail }: ProviderRefusal) => log.warn({ reason, detail }, message);
  return {
    signIn: signInThrough(settings, parts, provider, sessions),
    tickets: createSignOutTickets({ name, store, provider, sessions, sealer, complain, clock }),
    logOut: createBackChannelLogout<WriteBatch>({
      provider,
      sessions,
      clock,
      complain,
      write: (work) => core.write(20, work),
      end: async (batch, sessionId) => {
        if (!(await signIn.sessions.end(batch, sessionId, 'provider_signed_out', 'system'))) return false;
        // There is none yet of a session that begins with the same commit.
        const session = await store.getSession(sessionId);
        batch.note({
          actor: { id: 'system', name: 'system' },
          tenantId: '',
          action: 'session_revoke',
          resource: 'session',
          resourceId: sessionId,
          resourceName: session?.device || (session?.clientId ?? ''),
          reason: `Signed out at ${name}`,
        });
        return true;
      },
      tell: signIn.sessions.tell,
    }),
  };
}

function signInThrough(
  settings: OidcSettings,
  parts: AreaParts,
  provider: OidcProvider,
  sessions: ProviderSessions,
): OidcSignIn {
  const { store, core, principals, signIn, networkOf, clock, log } = parts;
  const nameOf = (staffId: string) => principals.account(staffId)?.name ?? '';
  return createOidcSignIn({
    name: settings.name,
    provider,
    flows: createOidcFlows({ store, clock }),
    subjects: createSubjects(store, clock),
    staffByEmail: (email) => principals.accountByEmail(email)?.id,
    standingOf: async (id) => {
      if (principals.account(id)) return 'active';
      const record = (await store.getRecords([id])).get(id);
      return record && !isTombstone(record) ? 'disabled' : 'gone';
    },
    unbind: (id, at) => store.transaction((transaction) => unbindSubjects(transaction, id, at)),
    createStaff: settings.createsStaff ? (person) => createStaff(parts, settings, person) : undefined,
    begin: (staffId, from, at, { startedAt, over }) =>
      signIn.begin(
        staffId,
        { ...from, method: 'oidc' },
        {
          refuse: async (batch) => ((await wasOvertaken(batch, at, startedAt)) ? over : undefined),
          also: (batch, sessionId) => sessions.keep(batch, sessionId, { ...at, staffId }),
        },
      ),
    elevate: signIn.elevate,
    refused: ({ staffId, sessionId, device, address, reason }) =>
      core.write(1, async (batch) =>
        batch.note({
          // Whoever was not let in is nobody here, even where it is known whose account they tried.
          actor: {
            ...(sessionId === ''
              ? { id: 'anonymous', name: '' }
              : { id: staffId, name: nameOf(staffId), session: sessionId }),
            device,
            address: networkOf(address),
          },
          tenantId: '',
          action: 'failed_login',
          resource: 'staff',
          resourceId: staffId,
          resourceName: nameOf(staffId),
          reason: `${settings.name}: ${reason}`,
        }),
      ),
    complain: (message, refusal) => log.warn({ reason: refusal.reason, detail: refusal.detail }, message),
  });
}

/** An account without any role for somebody whom the provider knows; undefined = the address is taken, or is none. */
async function createStaff(
  { core, clock, ids }: AreaParts,
  { name: provider }: OidcSettings,
  { email, name }: { email: string; name: string },
): Promise<string | undefined> {
  const body = staff.body.safeParse({ email, displayName: name.slice(0, 200) });
  if (!body.success) return undefined;
  const at = new Date(clock()).toISOString();
  const made: RecordEnvelope = {
    id: ids(),
    kind: 'staff',
    tenantId: '',
    status: 'active',
    assignedTo: '',
    createdAt: at,
    createdBy: 'system',
    updatedAt: at,
    updatedBy: 'system',
    version: 1,
    body: body.data,
  };
  return core.write(1, async (batch) => {
    if (await batch.duplicateOf(made)) return undefined;
    await batch.write({
      after: made,
      actor: { id: 'system', name: 'system' },
      reason: `First sign-in through ${provider}`,
      madeAt: '',
      requestId: made.id,
    });
    return made.id;
  });
}

async function tieForOthers(
  { principals, store }: AreaParts,
  settings: OidcSettings | undefined,
  staffId: string,
): Promise<Result<{ provider: ProviderTie | null }, Problem>> {
  if (!principals.account(staffId)) return failure(noSuchPerson);
  return success({ provider: await providerTie(store, staffId, settings) });
}

/** As with every way into an account: nobody opens one that holds more than they do, nor their own like this. */
async function release(parts: AreaParts, staffId: string, by: SignedIn): Promise<Result<undefined, Problem>> {
  const { principals } = parts;
  const [person, target] = [principals.account(staffId), principals.principalOf(staffId)];
  if (!person || !target) return failure(noSuchPerson);
  if (person.id === by.principal.id) return failure(ownAccount);
  if (holdsMore(target, by.principal).length > 0) return failure(heldByOthers);
  await unbind(parts, person, by);
  return success(undefined);
}

/** Whoever has a password may let go of the provider; anybody else could not sign in afterwards. */
async function releaseOwn(parts: AreaParts, by: SignedIn): Promise<Result<undefined, Problem>> {
  const person = parts.principals.account(by.principal.id);
  if (!person) return failure(noSuchPerson);
  if (!(await tieOf(parts.store, person.id))) return success(undefined);
  if (!(await parts.store.getCredential(person.id))) return failure(onlyWay);
  await unbind(parts, person, by);
  return success(undefined);
}

async function unbind(
  { core, networkOf }: AreaParts,
  person: { id: string; name: string },
  { principal, sessionId, address }: SignedIn,
): Promise<void> {
  await core.write(1, async (batch) => {
    batch.also((transaction) => unbindSubjects(transaction, person.id));
    batch.note({
      actor: { id: principal.id, name: principal.name, session: sessionId, address: networkOf(address) },
      tenantId: '',
      action: 'update',
      resource: 'staff',
      resourceId: person.id,
      resourceName: person.name,
      reason: 'Account at the OpenID provider released',
    });
  });
}

const noSuchPerson: Problem = problemOf('not_found', saying('no_such_person'));
const ownAccount: Problem = problemOf('forbidden', saying('own_account'), {
  details: { reason: 'own_account' },
});
const onlyWay: Problem = problemOf('invalid', saying('only_way_in'), { details: { reason: 'only_way' } });
const heldByOthers: Problem = problemOf('forbidden', saying('holds_more'), { details: { reason: 'holds_more' } });
