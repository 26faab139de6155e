import { csvHead, csvLines } from '#renderer/data/list/csvRows.ts';
import type { Simulation } from '#shared/domain/access/simulateRoleChange.ts';

const header = ['person', 'personId', 'change', 'permission', 'uses', 'lastDay', 'tenants'] as const;

/**
 * One row per person and permission: `lost` and `gained` by what they hold, `refused` and `allowed` by what they did. For
 * machines: days ISO 8601, tenants by name. Formulas are neutralised.
 */
export function simulationCsv({ people }: Simulation, tenantName: (id: string) => string): string {
  const rows = people.flatMap((person) => {
    const start = [person.name, person.staffId];
    const used = (['refused', 'allowed'] as const).flatMap((change) =>
      person[change].map((use) => [
        ...start,
        change,
        use.permission,
        String(use.count),
        use.lastDay,
        use.tenants.map(tenantName).join('; '),
      ]),
    );
    const held = (['lost', 'gained'] as const).flatMap((change) =>
      person[change].map((shift) => [
        ...start,
        shift.extent === 'whole' ? change : `${change} in part`,
        shift.permission,
        '',
        '',
        '',
      ]),
    );
    const fields = person.fields.map((one) => [
      ...start,
      `field ${one.before} to ${one.after}`,
      `${one.resource}.${one.field}`,
      '',
      '',
      '',
    ]);
    return [...used, ...held, ...fields];
  });
  return csvHead(header) + csvLines(rows);
}
