import type { Problem } from '../../kernel/errors.ts';
import type { RecordEnvelope } from '../../records/envelope.ts';
import { accessTargetOf, decideAccess } from '../access/decideAccess.ts';
import type { Principal } from '../access/principal.ts';
import { forbidden } from './problems.ts';

/** A write as the checks of single kinds see it; `record` is valid by its schema. */
export interface CheckedWrite {
  stored: RecordEnvelope | undefined;
  record: RecordEnvelope;
  principal: Principal;
}

/** What a kind itself has against a write. */
export type KindCheck = (write: CheckedWrite) => Problem | undefined;

/** An approval is decided only by somebody who holds the permission that its rule asks for. */
export function checkDecider({ stored, record, principal }: CheckedWrite): Problem | undefined {
  if (record.kind !== 'approval' || !stored || stored.status === record.status) return undefined;
  const permission = stored.body['permission'];
  if (typeof permission !== 'string' || permission === '') return undefined;
  if (decideAccess(principal, permission, accessTargetOf(stored)).allowed) return undefined;
  return forbidden(permission);
}
