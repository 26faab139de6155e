import { createHash } from 'node:crypto';
import { heldPatterns, tenantScope } from '#shared/domain/access/decideAccess.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import { canonicalJson } from '#shared/kernel/canonicalJson.ts';
import type { Scope } from '#shared/protocol/messages.ts';

/** A person's rights as they are announced. The hash changes whenever what they may see or do changes. */
export function scopeOf(principal: Principal): Scope {
  const hash = createHash('sha256').update(canonicalJson(principal)).digest('base64url').slice(0, 22);
  return { hash, tenants: tenantScope(principal), permissions: heldPatterns(principal), access: principal };
}
