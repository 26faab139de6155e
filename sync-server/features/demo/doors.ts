import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { apiKey } from '#shared/resources/access/apiKey.ts';
import { day, hour, iso } from './demoWorld.ts';
import type { DemoWorld } from './demoWorld.ts';
import type { PlannedTenant } from './tenants.ts';

/** API keys of the tenants' systems. They open nothing: the server holds no hash of them. */
export function makeApiKeys(world: DemoWorld, tenants: readonly PlannedTenant[]): RecordEnvelope[] {
  const { random, options } = world;
  return tenants
    .filter((_, index) => index % 4 === 0)
    .map((tenant) => {
      const at = world.workingMoment(300, 20);
      const revoked = random.chance(0.2);
      return world.record(
        apiKey,
        {
          at,
          updatedAt: revoked ? Math.min(at + 10 * day, options.now) : at,
          tenantId: tenant.id,
          status: revoked ? 'revoked' : 'active',
        },
        {
          name: random.pick(['Shop', 'Learning platform', 'Website', 'Billing', 'Data warehouse']),
          prefix: `stw_${random.hex(6)}`,
          expiresAt: random.chance(0.4) ? iso(options.now + random.integer(20, 300) * day) : '',
          lastUsedAt: revoked ? '' : iso(options.now - random.integer(1, 200) * hour),
        },
      );
    });
}
