import type { FieldType } from '#shared/domain/automation/conditions/operatorsFor.ts';
import { recordFields } from '#shared/domain/automation/events/recordFields.ts';
import { schemaFields } from '#shared/domain/automation/events/schemaFields.ts';
import { parsePattern, patternMatches } from '#shared/domain/automation/patterns/eventPattern.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import type { EventType } from '#shared/resources/automation/eventType.ts';
import type { Step } from '#shared/resources/automation/step.ts';
import type { Trigger } from '#shared/resources/automation/trigger.ts';
import type { ScopeVariable } from '../code/scopeVariables.ts';
import { allSteps } from '../steps/stepTree.ts';

/** The words that variables are explained with. */
export interface VariableWords {
  field: (kind: string, path: string) => string;
  /** Of a name of the scope that is no field: `event.name`, `now`. */
  fixed: (path: string) => string;
  stepOutput: (stepName: string) => string;
  calculated: (stepName: string) => string;
}

export interface VariableSources {
  trigger: Trigger;
  steps: readonly Step[];
  /** '' = the rule's own conditions, which know no step. */
  stepId: string;
  eventTypes: readonly EventType[];
  /** Kinds that events of this trigger are about, as far as known. */
  kinds: readonly string[];
  resourceOf: (kind: string) => Resource | undefined;
}

/** The types of the catalogue that a pattern subscribes to; none for a pattern that cannot be read. */
export function matchingTypes(pattern: string, types: readonly EventType[]): EventType[] {
  const parsed = parsePattern(pattern);
  if (!parsed.ok) return [];
  return types.filter(({ body }) => patternMatches(parsed.value, `${body.module}.${body.code}`));
}

const eventFacts: readonly (readonly [string, FieldType])[] = [
  ['event.name', 'text'],
  ['event.occurredAt', 'instant'],
  ['event.tenantId', 'text'],
  ['event.entityType', 'text'],
  ['event.entityId', 'text'],
  ['event.triggeredBy', 'text'],
  ['event.source', 'text'],
  ['event.id', 'text'],
];

/** Everything that a place of the rule may read, what is used most first. */
export function ruleVariables(sources: VariableSources, words: VariableWords): ScopeVariable[] {
  const { trigger, steps, stepId } = sources;
  const fixed = (path: string, type: FieldType): ScopeVariable => ({ path, type, description: words.fixed(path) });
  const before = stepId === '' ? [] : stepsBefore(steps, stepId);
  const loops = stepId === '' ? [] : loopsAround(steps, stepId);
  const changes = trigger.type === 'record' || trigger.type === 'field_change';
  return [
    ...dataVariables(trigger, sources.eventTypes),
    ...recordVariables('record', sources, words),
    ...(changes ? recordVariables('before', sources, words) : []),
    ...fieldsOf('tenant', 'tenant', sources, words),
    ...(loops.length > 0 ? [fixed('loop.item', 'any'), fixed('loop.index', 'number')] : []),
    ...before.flatMap((step) => outputOf(step, words)),
    ...eventFacts.map(([path, type]) => fixed(path, type)),
    fixed('rule.id', 'text'),
    fixed('rule.name', 'text'),
    fixed('run.id', 'text'),
    fixed('now', 'instant'),
  ];
}

/** `event.data.*` of all types that may come; a field that types describe differently holds anything. */
function dataVariables(trigger: Trigger, types: readonly EventType[]): ScopeVariable[] {
  if (trigger.type !== 'event') return [{ path: 'event.data', type: 'any', description: '' }];
  const found = new Map<string, ScopeVariable>();
  const matching = matchingTypes(trigger.pattern, types);
  for (const { body } of matching) {
    for (const { path, type, description, options } of schemaFields(body.dataSchema)) {
      const whole = `event.data.${path}`;
      const known = found.get(whole);
      const agreed = known && known.type !== type ? 'any' : type;
      const choices = agreed === 'choice' ? [...new Set([...(known?.options ?? []), ...(options ?? [])])] : undefined;
      found.set(whole, {
        path: whole,
        type: agreed,
        description: known?.description || (description ?? ''),
        ...(choices ? { options: choices } : {}),
      });
    }
  }
  return matching.length === 0 ? [{ path: 'event.data', type: 'any', description: '' }] : [...found.values()];
}

function recordVariables(root: 'record' | 'before', sources: VariableSources, words: VariableWords): ScopeVariable[] {
  const { trigger } = sources;
  const kinds = 'kind' in trigger ? [trigger.kind] : sources.kinds;
  const found = new Map<string, ScopeVariable>();
  for (const kind of kinds) {
    for (const variable of fieldsOf(root, kind, sources, words)) {
      const known = found.get(variable.path);
      found.set(variable.path, known && known.type !== variable.type ? { ...variable, type: 'any' } : variable);
    }
  }
  return found.size === 0 ? [{ path: root, type: 'any', description: words.fixed(root) }] : [...found.values()];
}

function fieldsOf(root: string, kind: string, sources: VariableSources, words: VariableWords): ScopeVariable[] {
  const resource = sources.resourceOf(kind);
  if (!resource) return [];
  return recordFields(resource).map((field) => ({
    path: `${root}.${field.path}`,
    type: field.type,
    description: words.field(kind, field.path),
    owner: kind,
    ...(field.options ? { options: field.options } : {}),
    ...(field.kind ? { kind: field.kind } : {}),
  }));
}

function outputOf(step: Step, words: VariableWords): ScopeVariable[] {
  if (step.type === 'transform') {
    return Object.keys(step.variables).map((name) => ({
      path: `vars.${name}`,
      type: 'any',
      description: words.calculated(step.name),
    }));
  }
  return [{ path: `steps.${step.id}.output`, type: 'any', description: words.stepOutput(step.name) }];
}

/** The steps that come before one in reading order, and for what it computes itself also that one. */
function stepsBefore(steps: readonly Step[], id: string): Step[] {
  const all = allSteps(steps);
  const index = all.findIndex((step) => step.id === id);
  const own = all[index];
  return index < 0 ? all : [...all.slice(0, index), ...(own?.type === 'transform' ? [own] : [])];
}

function loopsAround(steps: readonly Step[], id: string): Step[] {
  return allSteps(steps).filter(
    (step) => step.type === 'loop' && step.id !== id && allSteps(step.steps).some((inner) => inner.id === id),
  );
}
