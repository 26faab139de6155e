import type { Resource } from '../../records/defineResource.ts';
import type { RecordEnvelope } from '../../records/envelope.ts';
import { decideAccess } from './decideAccess.ts';
import type { AccessTarget } from './decideAccess.ts';
import type { FieldRule, Principal } from './principal.ts';

type Owned = Pick<RecordEnvelope, 'tenantId' | 'createdBy' | 'assignedTo'>;
type Described = Pick<Resource, 'permission' | 'secretFields'>;

/**
 * Body fields the person must not see in this record. A field is hidden when every role that lets them view the record
 * hides it; secret fields are hidden from everybody.
 */
export function hiddenFields(principal: Principal, resource: Described, record: Owned): string[] {
  return hiddenFor(principal, resource, targetOf(record));
}

/** Body fields the person may see but not change in this record, on top of the hidden ones. */
export function lockedFields(principal: Principal, resource: Described, record: Owned): string[] {
  return ruleFields(principal, resource, targetOf(record), 'edit', () => true);
}

/** What the person may do with one field of a record they may see. */
export function fieldUse(
  principal: Principal,
  resource: Described,
  target: AccessTarget,
  field: string,
): 'edit' | 'read_only' | 'hidden' {
  if (hiddenFor(principal, resource, target).includes(field)) return 'hidden';
  return ruleFields(principal, resource, target, 'edit', () => true).includes(field) ? 'read_only' : 'edit';
}

function targetOf({ tenantId, createdBy, assignedTo }: Owned): AccessTarget {
  return { tenantId, createdBy, assignedTo };
}

function hiddenFor(principal: Principal, resource: Described, target: AccessTarget): string[] {
  if (!principal.grants.some((grant) => grant.fieldRules.length > 0)) return resource.secretFields;
  const hidden = ruleFields(principal, resource, target, 'view', (rule) => rule.access === 'hidden');
  return hidden.length === 0 ? resource.secretFields : [...new Set([...resource.secretFields, ...hidden])];
}

function ruleFields(
  principal: Principal,
  resource: Described,
  target: AccessTarget,
  verb: 'view' | 'edit',
  counts: (rule: FieldRule) => boolean,
): string[] {
  const permission = `${resource.permission}.${verb}`;
  const perRole: Set<string>[] = [];
  for (const grant of principal.grants) {
    if (!decideAccess({ ...principal, grants: [grant] }, permission, target).allowed) continue;
    const rules = grant.fieldRules.filter((rule) => rule.resource === resource.permission && counts(rule));
    if (rules.length === 0) return [];
    perRole.push(new Set(rules.map((rule) => rule.field)));
  }
  const [first, ...others] = perRole;
  return first ? [...first].filter((name) => others.every((fields) => fields.has(name))) : [];
}

/** The record as the person may see it: a copy without hidden fields, or the record itself where nothing is hidden. */
export function redactRecord(principal: Principal, resource: Described, record: RecordEnvelope): RecordEnvelope {
  const hidden = hiddenFields(principal, resource, record).filter((name) => Object.hasOwn(record.body, name));
  if (hidden.length === 0) return record;
  const body = { ...record.body };
  for (const name of hidden) delete body[name];
  return { ...record, body };
}
