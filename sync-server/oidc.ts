import { holdsMore } from '#shared/domain/access/guardRights.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { staff } from '#shared/resources/access/staff.ts';
import type { Area, AreaParts } from './area.ts';
import { oidcSettingsOf } from './config/oidcSettings.ts';
import type { OidcSettings } from './config/oidcSettings.ts';
import { createOidcFlows } from './features/oidc/oidcFlows.ts';
import { createOidcProvider } from './features/oidc/oidcProvider.ts';
import { createOidcSignIn } from './features/oidc/oidcSignIn.ts';
import type { OidcSignIn } from './features/oidc/oidcSignIn.ts';
import { createSubjects, unbindSubjects } from './features/oidc/subjects.ts';
import type { SignedIn } from './http/routeModule.ts';
import { addOidcRoutes } from './http/oidcRoutes.ts';

/** Sign-in through an OpenID provider. @throws CommandLineError when the options do not fit together */
export function createOidc(parts: AreaParts): Area {
  const settings = oidcSettingsOf(parts.options);
  const signIn = settings && signInThrough(settings, parts);
  return {
    modules: [(app, gate) => addOidcRoutes(app, gate, { signIn, release: (id, by) => release(parts, id, by) })],
    start: async () => undefined,
    stop: async () => undefined,
  };
}

function signInThrough(settings: OidcSettings, parts: AreaParts): OidcSignIn {
  const { store, core, principals, signIn, networkOf, clock, log } = parts;
  const nameOf = (staffId: string) => principals.account(staffId)?.name ?? '';
  return createOidcSignIn({
    name: settings.name,
    provider: createOidcProvider(settings, clock),
    flows: createOidcFlows({ store, clock }),
    subjects: createSubjects(store),
    staffByEmail: (email) => principals.accountByEmail(email)?.id,
    standingOf: async (id) => {
      if (principals.account(id)) return 'active';
      const record = (await store.getRecords([id])).get(id);
      return record && !isTombstone(record) ? 'disabled' : 'gone';
    },
    unbind: (id) => store.transaction((transaction) => unbindSubjects(transaction, id)),
    createStaff: settings.createsStaff ? (person) => createStaff(parts, settings, person) : undefined,
    begin: (staffId, from) => signIn.begin(staffId, { ...from, method: 'oidc' }),
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

/** As with every way into an account: nobody opens one that holds more than they do, nor their own like this. */
async function release(
  { principals, core, networkOf }: AreaParts,
  staffId: string,
  { principal, sessionId, address }: SignedIn,
): Promise<Result<undefined, Problem>> {
  const [person, target] = [principals.account(staffId), principals.principalOf(staffId)];
  if (!person || !target) return failure(noSuchPerson);
  if (person.id === principal.id) return failure(ownAccount);
  if (holdsMore(target, principal).length > 0) return failure(heldByOthers);
  await core.write(1, async (batch) => {
    batch.also((transaction) => unbindSubjects(transaction, staffId));
    batch.note({
      actor: { id: principal.id, name: principal.name, session: sessionId, address: networkOf(address) },
      tenantId: '',
      action: 'update',
      resource: 'staff',
      resourceId: staffId,
      resourceName: person.name,
      reason: 'Account at the OpenID provider released',
    });
  });
  return success(undefined);
}

const noSuchPerson: Problem = { code: 'not_found', message: 'There is no active member of staff with this id.' };
const ownAccount: Problem = {
  code: 'forbidden',
  message: 'This is your own account. Ask another administrator to release it.',
  details: { reason: 'own_account' },
};
const heldByOthers: Problem = {
  code: 'forbidden',
  message:
    'This person holds rights that you do not hold. Ask somebody who holds them all, such as a super administrator.',
  details: { reason: 'holds_more' },
};
