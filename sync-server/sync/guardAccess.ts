import { concernsRights, guardRights } from '#shared/domain/access/guardRights.ts';
import type { RightsChange, RightsWorld } from '#shared/domain/access/guardRights.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import { rolesById } from '#shared/domain/access/principalFor.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import { staff } from '#shared/resources/access/staff.ts';
import type { WriteBatch } from './writeBatch.ts';

type Reads = Pick<WriteBatch, 'reader' | 'load' | 'get'>;

/**
 * Rules about rights that no role lifts, decided within the transaction that writes: what earlier writes of it changed counts,
 * so that two administrators who take each other's rights at the same moment cannot both succeed.
 */
export async function guardAccess(
  batch: Reads,
  principal: Principal,
  { before, after, reason = '' }: Pick<RightsChange, 'before' | 'after' | 'reason'>,
  now: number,
): Promise<Problem | undefined> {
  if (!concernsRights(before, after)) return undefined;
  return guardRights({ principal, before, after, reason, world: await worldOf(batch, after, now) });
}

/** Ids of the roles and people that were stored when a batch began: of every batch they are looked for once. */
const storedIds = new WeakMap<Reads, readonly string[]>();

async function idsStored(batch: Reads): Promise<readonly string[]> {
  const known = storedIds.get(batch);
  if (known) return known;
  const stored = [...(await batch.reader.recordsOfKind('role')), ...(await batch.reader.recordsOfKind('staff'))];
  const found = stored.map((one) => one.id);
  storedIds.set(batch, found);
  return found;
}

async function worldOf(batch: Reads, after: RecordState, now: number): Promise<RightsWorld> {
  const named = new Set([...(await idsStored(batch)), ...rolesNamed(after)]);
  await batch.load([...named]);
  const living = [...named].flatMap((id): RecordEnvelope[] => {
    const record = batch.get(id);
    return record && !isTombstone(record) ? [record] : [];
  });
  return { roles: rolesById(living), staff: living.filter((one) => one.kind === staff.kind), now };
}

/** Roles that were made in this very transaction are found by who is given them. */
function rolesNamed(after: RecordState): string[] {
  if (isTombstone(after) || after.kind !== staff.kind) return [];
  const roles = staff.body.shape.roles.safeParse(after.body['roles'] ?? []);
  return roles.success ? roles.data.map((held) => held.roleId) : [];
}
