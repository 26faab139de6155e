import { systemRoles } from '#shared/domain/access/systemRoles.ts';
import type { Clock, IdSource } from '#shared/kernel/sources.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { role } from '#shared/resources/access/role.ts';
import { staff } from '#shared/resources/access/staff.ts';
import { hashPassword } from '../features/signIn/passwords.ts';
import type { SyncStore } from '../storage/store.ts';
import { createWriteBatch } from '../sync/writeBatch.ts';
import { CommandLineError } from '../config/options.ts';

const shortestPassword = 12;

/** Puts the system roles and one super administrator into an empty store. @throws CommandLineError for bad values */
export async function createFirstAdministrator(
  store: SyncStore,
  { email, password }: { email: string; password: string },
  clock: Clock,
  ids: IdSource,
): Promise<void> {
  if (password.length < shortestPassword)
    throw new CommandLineError(`--admin-password is too short; it needs at least ${shortestPassword} characters.`);
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
  const roles = systemRoles.map((system) =>
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
  );
  const superRole = roles.find((one) => one.body['key'] === 'super_admin');
  const person = staff.body.safeParse({
    email,
    displayName: email.split('@')[0],
    roles: [{ id: superRole?.id, roleId: superRole?.id }],
  });
  if (!person.success) throw new CommandLineError(`--admin-email is "${email}"; it must be an e-mail address.`);
  const administrator = make('staff', 'active', person.data);
  const secret = await hashPassword(password);
  await store.transaction(async (transaction) => {
    const batch = createWriteBatch(transaction, { clock, ids });
    for (const after of [...roles, administrator])
      await batch.write({
        after,
        actor: { id: 'system', name: 'system' },
        reason: 'First start of the server',
        madeAt: '',
        requestId: 'first-start',
      });
    await batch.flush();
    await transaction.putCredential({ staffId: administrator.id, secret });
  });
}
