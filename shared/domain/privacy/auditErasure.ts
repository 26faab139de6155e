import type { JsonObject } from '../../kernel/json.ts';
import { committedPaths, valueOf } from '../audit/commitments.ts';
import { eraseValues } from '../audit/eraseValues.ts';
import type { Subject } from './subject.ts';
import { textsIn } from './walkJson.ts';

/**
 * The entry of the audit log without what it says of the person: by whom it is (the name, the device and the network go; the
 * id stays), about whom it is, and every value that holds them. Its place in the chain and its hash stay (audit/SPEC.md, C5).
 */
export function planAuditErasure(body: JsonObject, subject: Subject): JsonObject {
  const byThem = isOne(body['actorId'], subject);
  const aboutThem = isOne(body['resourceId'], subject);
  const gone = committedPaths(body).filter((path) => {
    if (byThem && (path === 'actorName' || path === 'device' || path === 'address')) return true;
    if (aboutThem && (path === 'resourceName' || path.startsWith('changes.'))) return true;
    const value = valueOf(body, path);
    for (const { text } of textsIn(value)) if (subject.matcher.finds(text)) return true;
    return false;
  });
  return gone.length === 0 ? body : eraseValues(body, gone);
}

function isOne(value: unknown, { ids }: Subject): boolean {
  return typeof value === 'string' && ids.has(value);
}
