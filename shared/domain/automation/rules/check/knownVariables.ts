import type { Trigger } from '../../../../resources/automation/trigger.ts';
import type { FieldType } from '../../conditions/operatorsFor.ts';
import { recordFields } from '../../events/recordFields.ts';
import { schemaFields } from '../../events/schemaFields.ts';
import { parsePattern, patternMatches } from '../../patterns/eventPattern.ts';
import { snakeOf } from '../recordEventName.ts';
import { patternOfTrigger } from '../ruleSubscriptions.ts';
import type { RuleKnowledge } from './ruleProblem.ts';

/** Which variables there are at one place of a rule. */
export interface Variables {
  /** 'unknown' = it can only be empty; the type where it is known; undefined where nothing can be said. */
  typeOf: (path: string) => FieldType | 'unknown' | undefined;
  /** Whether the path is a field that must not be shown. */
  isSecret: (path: string) => boolean;
  /** The kind of `record`, where the trigger says it. */
  recordKind: string | undefined;
  /** The same with what steps before add. */
  with: (more: Partial<StepVariables>) => Variables;
}

/** What steps add to what the trigger gives. */
export interface StepVariables {
  steps: readonly string[];
  vars: readonly string[];
  insideLoop: boolean;
}

/** Paths with their types; 'open' = there may be others. */
interface Known {
  fields: Map<string, FieldType>;
  open: boolean;
}

const eventFields: [string, FieldType][] = [
  ...['id', 'name', 'module', 'code', 'tenantId', 'entityType', 'entityId', 'triggeredBy', 'source'].map(
    (name): [string, FieldType] => [name, 'text'],
  ),
  ['occurredAt', 'instant'],
  ['depth', 'number'],
  ['chain', 'list'],
  ['data', 'object'],
];
/** Properties that templates know of lists and texts. */
const listProperties = new Set(['size', 'first', 'last']);

export function createVariables(trigger: Trigger, knowledge: RuleKnowledge): Variables {
  const kind = recordKindOf(trigger, knowledge);
  const data = eventData(trigger, knowledge);
  const record = fieldsOfKind(kind, knowledge);
  const tenant = fieldsOfKind('tenant', knowledge);
  const secretNames = (of: string | undefined) =>
    knowledge.resources.find((one) => one.kind === of)?.secretFields ?? [];

  const make = (added: StepVariables): Variables => ({
    recordKind: kind,
    with: (more) => make({ ...added, ...more }),
    isSecret: (path) => {
      const [root, ...rest] = path.split('.');
      const name = rest[0] === 'body' ? rest[1] : rest[0];
      if (name === undefined || (root !== 'record' && root !== 'before' && root !== 'tenant')) return false;
      return secretNames(root === 'tenant' ? 'tenant' : kind).includes(name);
    },
    typeOf: (path) => {
      const [root = '', ...rest] = path.split('.');
      const inner = rest.join('.');
      switch (root) {
        case 'event':
          if (rest[0] === 'data' && rest.length > 1) return look(data, rest.slice(1).join('.'));
          return look({ fields: new Map(eventFields), open: false }, inner);
        case 'record':
        case 'before':
          return look(record, inner);
        case 'tenant':
          return look(tenant, inner);
        case 'rule':
          return inner === 'revision' ? 'number' : inner === 'id' || inner === 'name' ? 'text' : 'unknown';
        case 'run':
          return inner === 'id' ? 'text' : 'unknown';
        case 'now':
          return 'instant';
        case 'steps':
          if (rest.length === 0) return 'object';
          return added.steps.includes(rest[0]!) && (rest.length === 1 || rest[1] === 'output') ? undefined : 'unknown';
        case 'vars':
          return rest.length === 0 || added.vars.includes(rest[0]!) ? undefined : 'unknown';
        case 'loop':
          if (!added.insideLoop) return 'unknown';
          return inner === 'index' ? 'number' : rest[0] === 'item' || rest.length === 0 ? undefined : 'unknown';
        case 'forloop':
        case 'tablerowloop':
          return undefined;
        default:
          return 'unknown';
      }
    },
  });
  return make({ steps: [], vars: [], insideLoop: false });
}

function look({ fields, open }: Known, path: string): FieldType | 'unknown' | undefined {
  if (path === '') return 'object';
  const found = fields.get(path);
  if (found) return found;
  if (open) return undefined;
  const parts = path.split('.');
  for (let length = parts.length - 1; length > 0; length--) {
    const outer = fields.get(parts.slice(0, length).join('.'));
    if (!outer) continue;
    if (outer === 'object' || outer === 'any' || outer === 'list') return undefined;
    return listProperties.has(parts.at(-1)!) ? 'number' : 'unknown';
  }
  return [...fields.keys()].some((known) => known.startsWith(`${path}.`)) ? 'object' : 'unknown';
}

/** The kind of the records that events of the trigger are about. */
function recordKindOf(trigger: Trigger, { resources }: RuleKnowledge): string | undefined {
  if (trigger.type === 'record' || trigger.type === 'field_change' || trigger.type === 'date') return trigger.kind;
  if (trigger.type !== 'event') return undefined;
  const [module, name] = trigger.pattern.split('.');
  return module === 'record' ? resources.find(({ kind }) => snakeOf(kind) === name)?.kind : undefined;
}

function fieldsOfKind(kind: string | undefined, { resources }: RuleKnowledge): Known {
  const resource = resources.find((one) => one.kind === kind);
  if (!resource) return { fields: new Map(), open: true };
  const fields = new Map<string, FieldType>([['body', 'object'], ...envelope]);
  for (const { path, type } of recordFields(resource)) {
    fields.set(path, type);
    const direct = path.replace(/^body\./, '');
    if (!fields.has(direct)) fields.set(direct, type);
  }
  return { fields, open: false };
}

const envelope: [string, FieldType][] = [
  ['id', 'text'],
  ['kind', 'text'],
  ['tenantId', 'text'],
  ['status', 'text'],
  ['assignedTo', 'text'],
  ['createdAt', 'instant'],
  ['createdBy', 'text'],
  ['updatedAt', 'instant'],
  ['updatedBy', 'text'],
  ['version', 'number'],
];

/** What the data of the trigger's events may hold: the fields of all types that its pattern fits. */
function eventData(trigger: Trigger, { eventTypes }: RuleKnowledge): Known {
  const own = new Map<string, FieldType>();
  switch (trigger.type) {
    case 'record':
    case 'field_change':
      own.set('changes', 'list').set('leftOut', 'number');
      return { fields: own, open: false };
    case 'date':
      own.set('ruleId', 'text').set('field', 'text').set('at', 'instant');
      return { fields: own, open: false };
    case 'schedule':
      own.set('ruleId', 'text').set('at', 'instant');
      return { fields: own, open: false };
    case 'webhook':
      own.set('ruleId', 'text').set('body', 'object');
      return { fields: own, open: false };
    case 'manual':
      return { fields: own, open: true };
    case 'event':
      break;
  }
  const pattern = parsePattern(patternOfTrigger(trigger));
  if (!eventTypes || !pattern.ok) return { fields: own, open: true };
  const fitting = eventTypes.filter(({ body }) => patternMatches(pattern.value, `${body.module}.${body.code}`));
  const beyond = pattern.value.segments[0] === '*' || pattern.value.segments[0] === 'record' || fitting.length === 0;
  let open = beyond;
  for (const { body } of fitting) {
    const fields = schemaFields(body.dataSchema);
    if (fields.length === 0) open = true;
    for (const { path, type } of fields) {
      const known = own.get(path);
      own.set(path, known === undefined || known === type ? type : 'any');
    }
  }
  return { fields: own, open };
}
