import type * as z from 'zod';
import { accessTargetOf, decideAccess } from '#shared/domain/access/decideAccess.ts';
import { hiddenFields, lockedFields } from '#shared/domain/access/fieldAccess.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import type { Json } from '#shared/kernel/json.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { hintOf } from '#shared/records/fields.ts';
import type { FieldHint } from '#shared/records/fields.ts';

/** Why a field cannot be edited by this person in this record. */
export type LockReason = 'server_kind' | 'server_field' | 'role' | 'no_edit';

export interface FormField {
  /** `assignedTo` or `body.<name>`. */
  path: string;
  hint: FieldHint;
  lock: LockReason | undefined;
  /** An empty input is no valid value. */
  required: boolean;
}

export interface FormGroup {
  /** '' for fields that no group names. */
  name: string;
  fields: FormField[];
}

const assignee: FieldHint = { widget: 'reference', kind: 'staff' };

/** Where a field of a form lives in the body; undefined for an envelope field. */
export function bodyName(path: string): string | undefined {
  return path.startsWith('body.') ? path.slice('body.'.length) : undefined;
}

export function hintAtPath(resource: Resource, path: string): FieldHint {
  if (path === 'assignedTo') return assignee;
  const schema = resource.body.shape[bodyName(path) ?? ''];
  return schema ? hintOf(schema) : { widget: 'json' };
}

/** The value of a form field in a record. */
export function valueOf(record: Pick<RecordEnvelope, 'assignedTo' | 'body'>, path: string): Json | undefined {
  const name = bodyName(path);
  return name === undefined ? record.assignedTo : record.body[name];
}

/** Names of fields this person does not see in the record; secret ones are not counted. */
export function hiddenNames(resource: Resource, record: RecordEnvelope, principal: Principal | undefined): string[] {
  if (!principal) return [];
  return hiddenFields(principal, resource, record).filter((name) => !resource.secretFields.includes(name));
}

/** The form of a record for one person: its groups in order, without fields they may not see. */
export function formGroups(
  resource: Resource,
  record: RecordEnvelope,
  principal: Principal | undefined,
  purpose: 'edit' | 'create',
): FormGroup[] {
  const hidden = new Set([...resource.secretFields, ...hiddenNames(resource, record, principal)]);
  const locked = new Set(principal && purpose === 'edit' ? lockedFields(principal, resource, record) : []);
  const verb = `${resource.permission}.${purpose}`;
  const may = principal !== undefined && decideAccess(principal, verb, accessTargetOf(record)).allowed;
  const lockOf = (name: string | undefined): LockReason | undefined => {
    if (resource.writer === 'server') return 'server_kind';
    if (name !== undefined && resource.serverFields.includes(name)) return 'server_field';
    if (!may) return 'no_edit';
    return name !== undefined && locked.has(name) ? 'role' : undefined;
  };
  const fieldOf = (path: string): FormField => {
    const name = bodyName(path);
    const schema = name === undefined ? undefined : resource.body.shape[name];
    return {
      path,
      hint: hintAtPath(resource, path),
      lock: lockOf(name),
      required: schema ? isRequired(schema) : false,
    };
  };
  const wanted = (name: string) => !hidden.has(name) && !(purpose === 'create' && resource.serverFields.includes(name));
  const named = new Set(resource.form.flatMap((group) => group.fields));
  const groups = resource.form.map((group) => ({
    name: group.name,
    fields: group.fields.filter(wanted).map((name) => fieldOf(`body.${name}`)),
  }));
  const rest = Object.keys(resource.body.shape)
    .filter((name) => !named.has(name) && wanted(name))
    .map((name) => fieldOf(`body.${name}`));
  const assigned = resource.list.columns.some((column) => column.path === 'assignedTo') ? [fieldOf('assignedTo')] : [];
  return [...groups, { name: '', fields: [...rest, ...assigned] }].filter((group) => group.fields.length > 0);
}

function isRequired(schema: z.core.$ZodType): boolean {
  if (hintOf(schema).widget === 'boolean') return false;
  const parse = (value: unknown) => (schema as z.ZodType).safeParse(value).success;
  return !parse('') && !parse(undefined);
}
