import type { RecordState } from '#shared/records/envelope.ts';
import { role } from '#shared/resources/access/role.ts';
import { staff } from '#shared/resources/access/staff.ts';
import { living } from '../livingRecord.ts';
import type { EngineBatch } from '../ports.ts';

/** Active staff who hold a role now, by id; undefined when there is no such role. */
export async function staffOfRole(
  { reader }: Pick<EngineBatch, 'reader'>,
  key: string,
  now: number,
): Promise<string[] | undefined> {
  const roleId = (await reader.recordsOfKind('role')).find((record) => keyOf(record) === key)?.id;
  if (roleId === undefined) return undefined;
  const people = await reader.recordsOfKind('staff');
  return people
    .flatMap((record) => {
      const body = staff.body.safeParse(living(record)?.body);
      if (!body.success || living(record)?.status !== 'active') return [];
      const holds = body.data.roles.some(
        (held) => held.roleId === roleId && (held.expiresAt === '' || Date.parse(held.expiresAt) > now),
      );
      return holds ? [record.id] : [];
    })
    .sort();
}

function keyOf(record: RecordState): string | undefined {
  const body = role.body.safeParse(living(record)?.body);
  return body.success ? body.data.key : undefined;
}
