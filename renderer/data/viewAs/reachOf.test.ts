import { describe, expect, it } from 'vitest';
import { decideAccess } from '#shared/domain/access/decideAccess.ts';
import { makeGrant, makePrincipal } from '#tests/support/sampleResource.ts';
import { reachOf } from './reachOf.ts';

const tenants = ['', 'tenant-1', 'tenant-2', 'tenant-9'];
const patterns = [['*'], ['tasks.*'], ['tasks.view'], ['tasks.view', 'tasks.view_all'], ['runs.*'], []];
const people = ['me', 'other', ''];

describe('where a principal may view', () => {
  it('is for every record what decideAccess says, for every pair of grants', () => {
    const grants = patterns.flatMap((permissions) =>
      (['*', ['tenant-1'], ['tenant-1', 'tenant-2']] as const).map((places) =>
        makeGrant([...permissions], { tenants: places === '*' ? places : [...places] }),
      ),
    );
    let decided = 0;
    const otherwise: unknown[] = [];
    for (const first of grants)
      for (const second of grants)
        for (const permission of ['tasks', 'runs', 'audit']) {
          const principal = { ...makePrincipal([first, second], { assignedTenants: ['tenant-9'] }), id: 'me' };
          const reach = reachOf(principal, { permission });
          for (const tenantId of tenants)
            for (const createdBy of people)
              for (const assignedTo of people) {
                const target = { tenantId, createdBy, assignedTo };
                const reached = reach.some(
                  (one) =>
                    (one.tenants === '*' || one.tenants.includes(tenantId)) &&
                    (!one.own ||
                      createdBy === one.own.id ||
                      assignedTo === one.own.id ||
                      one.own.tenants.includes(tenantId)),
                );
                const allowed = decideAccess(principal, `${permission}.view`, target).allowed;
                if (reached !== allowed) otherwise.push({ first, second, permission, target, reached });
                decided += 1;
              }
        }
    expect(otherwise).toEqual([]);
    expect(decided).toBeGreaterThan(30_000);
  });
});
