import { createHash } from 'node:crypto';
import { checkPassword } from '#shared/domain/accounts/passwordPolicy.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Setup } from '#shared/protocol/accounts.ts';
import { staff } from '#shared/resources/access/staff.ts';
import type { Area, AreaParts } from './area.ts';
import { writeFirstAdministrator } from './commands/createFirstAdministrator.ts';
import { oidcMethodOf, oidcSettingsOf } from './config/oidcSettings.ts';
import { linkMail } from './features/accounts/linkMail.ts';
import { createSetupCode } from './features/accounts/setupCode.ts';
import type { SetupCode } from './features/accounts/setupCode.ts';
import { createMailer } from './features/mail/mailer.ts';
import type { Mailer } from './features/mail/mailer.ts';
import { createProviderSessions } from './features/oidc/providerSessions.ts';
import { providerTie } from './features/oidc/providerTie.ts';
import { createSealer } from './features/secrets/sealedValue.ts';
import { hasLeft } from './features/signIn/hasLeft.ts';
import { createOwnAccount, passwordRefused } from './features/signIn/ownAccount.ts';
import { busy } from './features/signIn/problems.ts';
import { createStaffAccounts } from './features/signIn/staffAccounts.ts';
import { accountRoutes } from './http/accountRoutes.ts';
import { accountSetupRoutes, setUpAlready } from './http/accountSetupRoutes.ts';
import { accountStaffRoutes } from './http/accountStaffRoutes.ts';
import { loadServerKey } from './serverKey.ts';

const sweepEvery = 10 * 60_000;
/** Milliseconds that the answer with a link waits for the mail server. */
const mailPatience = 10_000;

/** Accounts of staff: passwords, second factors, sessions, invitations, first set-up. */
export function createAccounts(parts: AreaParts): Area {
  const { options, store, core, principals, signIn, networkOf, clock, log } = parts;
  const mailer = createMailer({ url: options['smtp-url'], from: options['smtp-from'] });
  const needed = () => principals.count() === 0;
  const setupCode = createSetupCode(clock);
  const shared = { signIn, store, write: core.write, networkOf, clock };
  const provider = oidcSettingsOf(options);
  const begun = provider && createProviderSessions({ store, sealer: createSealer(loadServerKey(options)) });
  const account = createOwnAccount({
    ...shared,
    providerFacts: async ({ staffId, sessionId }) => ({
      provider: await providerTie(store, staffId, provider),
      signOutAt: (await begun?.idTokenOf(sessionId)) === undefined ? '' : (provider?.name ?? ''),
    }),
  });
  const staffAccounts = createStaffAccounts({
    ...shared,
    principalOf: principals.principalOf,
    publicUrl: options['public-url'],
    send: (person, link) => sendLink(mailer, person, link),
  });
  const watch = watchDisabled(parts);
  const sweep = async (): Promise<void> => {
    try {
      await signIn.sessions.sweep();
    } catch (error) {
      log.warn({ err: error }, 'sessions could not be swept; tried again later');
    }
  };
  let timer: NodeJS.Timeout | undefined;
  return {
    modules: [
      accountRoutes(account),
      accountStaffRoutes(staffAccounts),
      accountSetupRoutes({
        needed,
        methods: { password: true, oidc: oidcMethodOf(options) },
        setUp: (given, address) => setUp(parts, setupCode, given, address),
      }),
    ],
    start: async () => {
      await watch.start();
      await sweep();
      timer = setInterval(() => void sweep(), sweepEvery);
      if (needed()) tellSetupCode(parts, setupCode.code);
    },
    stop: async () => {
      clearInterval(timer);
      await watch.stop();
      mailer.close();
    },
  };
}

/** Said to whoever started the server, whatever the log is set to. */
function tellSetupCode({ log }: AreaParts, code: string): void {
  log.warn('nobody can sign in yet: set the server up from a console with the code that it printed');
  process.stdout.write(
    `\n  Nobody can sign in yet. Open Steward, connect to this server and enter\n\n      ${code}\n\n`,
  );
}

async function setUp(
  { core, signIn, networkOf, clock, ids }: AreaParts,
  setupCode: SetupCode,
  { code, email, displayName, password, locale }: Setup,
  address: string,
): Promise<Result<{ email: string }, Problem>> {
  const right = setupCode.check(code, address);
  if (!right.ok) return right;
  if (!staff.body.safeParse({ email, displayName, locale }).success) return failure(badAddress);
  const { problem, score } = checkPassword(password, { email, name: displayName });
  if (problem) return failure(passwordRefused('password', problem, score));
  const secret = await signIn.passwords.hash(password);
  if (secret === undefined) return failure(busy);
  return core.write(20, async (batch) => {
    // Seen by everybody who shares the commit, before the records are.
    const done = (await batch.getEntries('accounts.setup', ['done'])).has('done');
    const people = (await batch.reader.recordsOfKind('staff')).length;
    if (done || people > 0) return failure(setUpAlready);
    batch.putEntry('accounts.setup', 'done', { at: clock() });
    const id = await writeFirstAdministrator(batch, { email, displayName, locale, secret }, { clock, ids });
    batch.note({
      actor: { id, name: displayName, address: networkOf(address) },
      tenantId: '',
      action: 'password_change',
      resource: 'staff',
      resourceId: id,
      resourceName: displayName,
      reason: 'First set-up of the server',
    });
    return success({ email });
  });
}

async function sendLink(
  mailer: Mailer,
  person: { email: string; name: string; locale: string },
  link: { purpose: 'invitation' | 'password_reset'; link: string; expiresAt: string },
): Promise<boolean> {
  if (!mailer.sender().ok) return false;
  const { subject, body } = linkMail({ ...link, name: person.name }, person.locale);
  const sent = await mailer.send(
    { to: [person.email], subject, format: 'text', body },
    // The mail shows it in a header.
    {
      idempotencyKey: `link ${createHash('sha256').update(link.link).digest('hex')}`,
      signal: AbortSignal.timeout(mailPatience),
    },
  );
  return sent.ok;
}

/** Ends the sessions of whoever is disabled or deleted, right after it was committed. */
function watchDisabled({ store, core, signIn, log }: AreaParts): Pick<Area, 'start' | 'stop'> {
  let position = 0;
  let tail: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    for (;;) {
      const changes = await store.changesSince('access', position, 500);
      for (const { head, read } of changes) {
        if (head.kind !== staff.kind) continue;
        if (!hasLeft(read())) continue;
        if ((await store.livingSessions({ staffId: head.id, limit: 1 })).length === 0) continue;
        const over = await core.write(1, (batch) => signIn.sessions.endAll(batch, head.id, 'disabled', 'system'));
        signIn.sessions.tell(over);
      }
      position = changes.at(-1)?.head.sequence ?? position;
      if (changes.length < 500) return;
    }
  };
  // Not awaited: the next commit, in which sessions end, begins when the listeners of this one are done.
  const stopListening = core.onCommitted((collections) => {
    if (collections.has('access'))
      tail = tail
        .then(look)
        .catch((error: unknown) => log.warn({ err: error }, 'sessions of disabled staff end with the next sweep'));
  });
  return {
    start: async () => void (position = Math.max(position, await store.collectionSequence('access'))),
    stop: async () => {
      stopListening();
      await tail;
    },
  };
}

const badAddress: Problem = problemOf('invalid', saying('address_not_valid'), { path: 'email' });
