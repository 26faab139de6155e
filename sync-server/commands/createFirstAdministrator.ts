import { checkPassword } from '#shared/domain/accounts/passwordPolicy.ts';
import { systemRoles } from '#shared/domain/access/systemRoles.ts';
import type { Clock, IdSource } from '#shared/kernel/sources.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { role } from '#shared/resources/access/role.ts';
import { staff } from '#shared/resources/access/staff.ts';
import { CommandLineError } from '../config/options.ts';
import { hashPassword } from '../features/signIn/passwords.ts';
import type { SyncStore } from '../storage/store.ts';
import { createWriteBatch } from '../sync/writeBatch.ts';
import type { WriteBatch } from '../sync/writeBatch.ts';

interface FirstAdministrator {
  email: string;
  displayName: string;
  locale: 'en' | 'ar' | 'fr';
  /** As `hashPassword` answers. */
  secret: string;
}

/** Puts the system roles and one super administrator into an empty store. @throws CommandLineError for bad values */
export async function createFirstAdministrator(
  store: SyncStore,
  { email, password }: { email: string; password: string },
  clock: Clock,
  ids: IdSource,
): Promise<void> {
  const displayName = email.split('@')[0] ?? '';
  if (!staff.body.safeParse({ email, displayName }).success)
    throw new CommandLineError(`--admin-email is "${email}"; it must be an e-mail address.`);
  const { problem } = checkPassword(password, { email, name: displayName });
  if (problem)
    throw new CommandLineError(
      `--admin-password is refused (${problem.replace('_', ' ')}); it needs at least 12 characters that are not guessed easily.`,
    );
  const secret = await hashPassword(password);
  await store.transaction(async (transaction) => {
    const batch = createWriteBatch(transaction, { clock, ids });
    await writeFirstAdministrator(batch, { email, displayName, locale: 'en', secret }, { clock, ids });
    await batch.flush();
  });
}

/** The records and the credential, with a batch. Answers the id of the person. @throws ZodError for an address that is none */
export async function writeFirstAdministrator(
  batch: WriteBatch,
  { email, displayName, locale, secret }: FirstAdministrator,
  { clock, ids }: { clock: Clock; ids: IdSource },
): Promise<string> {
  const at = new Date(clock()).toISOString();
  const make = (kind: string, status: string, body: RecordEnvelope['body']): RecordEnvelope => ({
    id: ids(),
    kind,
    tenantId: '',
    status,
    assignedTo: '',
    createdAt: at,
    createdBy: 'system',
    updatedAt: at,
    updatedBy: 'system',
    version: 1,
    body,
  });
  const there = (await batch.reader.recordsOfKind('role')).flatMap((one) => (isTombstone(one) ? [] : [one]));
  const roleOf = (key: string) => there.find((one) => one.body['key'] === key);
  const made = systemRoles.flatMap((system) =>
    roleOf(system.key)
      ? []
      : [
          make(
            'role',
            '',
            role.body.parse({
              key: system.key,
              name: system.name,
              isSystem: true,
              permissions: [...system.permissions],
              fieldRules: system.fieldRules.map((rule) => ({ ...rule })),
            }),
          ),
        ],
  );
  const superRole = roleOf('super_admin') ?? made.find((one) => one.body['key'] === 'super_admin');
  const roles = [{ id: superRole?.id ?? '', roleId: superRole?.id ?? '' }];
  const administrator = make('staff', 'active', staff.body.parse({ email, displayName, locale, roles }));
  for (const after of [...made, administrator])
    await batch.write({
      after,
      actor: { id: 'system', name: 'system' },
      reason: 'First start of the server',
      madeAt: '',
      requestId: 'first-start',
    });
  batch.also((transaction) => transaction.putCredential({ staffId: administrator.id, secret }));
  return administrator.id;
}
