import type { Resource } from '../../../records/defineResource.ts';
import { hintOf } from '../../../records/fields.ts';
import type { FieldHint } from '../../../records/fields.ts';
import type { FieldType } from '../conditions/operatorsFor.ts';

/** A field of a record that can be picked. */
export interface RecordField {
  /** In the record: `status`, `assignedTo`, `body.plan`. */
  path: string;
  type: FieldType;
  options?: string[];
  /** Of a reference: the kind it names. */
  kind?: string;
}

/** The envelope's and body's fields of a kind; secret ones are left out. */
export function recordFields(resource: Resource): RecordField[] {
  const { states } = resource;
  return [
    ...(states ? [{ path: 'status', type: 'choice' as const, options: Object.keys(states.states) }] : []),
    { path: 'assignedTo', type: 'text', kind: 'staff' },
    ...(resource.scope === 'platform' ? [] : [{ path: 'tenantId', type: 'text' as const, kind: 'tenant' }]),
    ...Object.entries(resource.body.shape)
      .filter(([name]) => !resource.secretFields.includes(name))
      .map(([name, schema]) => bodyField(`body.${name}`, hintOf(schema))),
    { path: 'id', type: 'text' },
    { path: 'createdAt', type: 'instant' },
    { path: 'createdBy', type: 'text' },
    { path: 'updatedAt', type: 'instant' },
    { path: 'updatedBy', type: 'text' },
    { path: 'version', type: 'number' },
  ];
}

function bodyField(path: string, hint: FieldHint): RecordField {
  switch (hint.widget) {
    case 'text':
    case 'multiline':
    case 'email':
    case 'url':
    case 'color':
    case 'code':
      return { path, type: 'text' };
    case 'number':
    case 'money':
      return { path, type: 'number' };
    case 'boolean':
      return { path, type: 'boolean' };
    case 'choice':
      return { path, type: 'choice', options: [...hint.options] };
    case 'instant':
    case 'date':
      return { path, type: hint.widget };
    case 'reference':
      return { path, type: 'text', kind: hint.kind };
    case 'tags':
      return { path, type: 'list' };
    case 'json':
      return { path, type: 'any' };
  }
}
