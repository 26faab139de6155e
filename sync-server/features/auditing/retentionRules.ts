import { securityFloor } from '#shared/domain/audit/dataClasses.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import { retentionRule } from '#shared/resources/audit/retentionRule.ts';
import type { RetentionRule } from '#shared/resources/audit/retentionRule.ts';
import type { StoreReader } from '../../storage/store.ts';

/** A rule as it is applied. */
export interface ActiveRule {
  /** '' = one that is only tried. */
  id: string;
  /** '' = every chain that no rule of its own covers. */
  tenantId: string;
  name: string;
  covers: RetentionRule['body']['covers'];
  days: number;
}

/** Of several rules for the same chains and the same kind of data the one that keeps longest. */
export async function activeRules(store: StoreReader): Promise<ActiveRule[]> {
  const rules = (await store.recordsOfKind(retentionRule.kind)).flatMap((record) => {
    const body = isTombstone(record) ? undefined : retentionRule.body.safeParse(record.body).data;
    if (!body?.isActive) return [];
    return [withFloor({ id: record.id, tenantId: record.tenantId, ...body })];
  });
  return rules.toSorted((left, right) => right.days - left.days);
}

/** Entries about security are kept as long as the floor says. */
export function withFloor({ id, tenantId, name, covers, days }: ActiveRule): ActiveRule {
  return { id, tenantId, name, covers, days: covers === 'security' ? Math.max(days, securityFloor) : days };
}

/** Which rule holds for a kind of data of a chain: its own before the one for all. */
export function ruleFor(
  rules: readonly ActiveRule[],
  tenantId: string,
  covers: ActiveRule['covers'],
): ActiveRule | undefined {
  const about = rules.filter((rule) => rule.covers === covers);
  return about.find((rule) => rule.tenantId === tenantId) ?? about.find((rule) => rule.tenantId === '');
}

/** What markers and entries of the log say of a rule. */
export function titleOf({ name, days }: ActiveRule): string {
  return `${name} (${days} d)`.slice(0, 400);
}
