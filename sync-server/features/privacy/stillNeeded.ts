import { isTombstone } from '#shared/records/envelope.ts';
import { role } from '#shared/resources/access/role.ts';
import { staff } from '#shared/resources/access/staff.ts';
import type { StoreReader } from '../../storage/store.ts';

/** Id of the last active person with all rights, when they are among those who are to go; '' = somebody else stays. */
export async function stillNeeded(reader: StoreReader, goingIds: ReadonlySet<string>): Promise<string> {
  if (goingIds.size === 0) return '';
  const all = new Set(
    (await reader.recordsOfKind(role.kind)).flatMap((record) => {
      const body = isTombstone(record) ? undefined : role.body.safeParse(record.body).data;
      return body?.permissions.includes('*') && body.tenants.length === 0 ? [record.id] : [];
    }),
  );
  const administrators = (await reader.recordsOfKind(staff.kind)).flatMap((record) => {
    if (isTombstone(record) || record.status !== 'active') return [];
    const held = staff.body.safeParse(record.body).data?.roles ?? [];
    return held.some(({ roleId, expiresAt }) => expiresAt === '' && all.has(roleId)) ? [record.id] : [];
  });
  const going = administrators.find((id) => goingIds.has(id));
  return going !== undefined && administrators.every((id) => goingIds.has(id)) ? going : '';
}
