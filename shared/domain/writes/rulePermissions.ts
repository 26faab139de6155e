import { jsonEqual } from '../../kernel/json.ts';
import type { Resource } from '../../records/defineResource.ts';
import { isTombstone } from '../../records/envelope.ts';
import type { RecordState } from '../../records/envelope.ts';
import { rule as ruleResource } from '../../resources/automation/rule.ts';
import type { Rule } from '../../resources/automation/rule.ts';
import { branchesOf } from '../../resources/automation/step.ts';
import type { Step, StepOf } from '../../resources/automation/step.ts';
import type { Trigger } from '../../resources/automation/trigger.ts';
import { resources } from '../../resources/registry.ts';
import { decideAccess } from '../access/decideAccess.ts';
import { isDangerous } from '../access/permissionCatalogue.ts';
import type { Principal } from '../access/principal.ts';
import { kindOfEvent } from '../automation/rules/kindOfEvent.ts';
import { mayRulesChange } from '../automation/rules/writableKinds.ts';

/** What a rule does, and for what. */
export interface RuleSteps {
  trigger: Trigger;
  steps: readonly Step[];
}

/**
 * A permission that the steps of a rule use and the person has not for every record there: a rule does nothing by somebody's
 * order that they could not do themselves. `kind`: of the record it is started for, where that is known. Undefined = none.
 */
export function missingForRule(
  principal: Principal,
  tenantId: string,
  body: RuleSteps,
  kind?: string,
): string | undefined {
  return permissionsOfRule(body, kind).find((one) => !decideAccess(principal, one, { tenantId }).allowed);
}

/** Fields that decide what an active rule does, and to what. */
const deciding = ['isActive', 'trigger', 'conditions', 'steps'] as const;

/** An active rule as a write leaves it, where it does something else than before; undefined = it does not, or is not active. */
export function actsAnew(stored: RecordState | undefined, after: RecordState): Rule['body'] | undefined {
  if (after.kind !== ruleResource.kind || isTombstone(after) || after.body['isActive'] !== true) return undefined;
  const before = stored && !isTombstone(stored) ? stored.body : undefined;
  const same = before && deciding.every((name) => jsonEqual(before[name] ?? null, after.body[name] ?? null));
  const body = same ? undefined : ruleResource.body.safeParse(after.body);
  return body?.success ? body.data : undefined;
}

/** What stands in the way of somebody who would have steps run: a right, or the proof that a dangerous one asks for. */
export interface StepsRefusal {
  because: 'missing' | 'unproved';
  permission: string;
}

/** What is known of whoever has steps run, and of the steps. */
export interface StepsAsked {
  /** They proved who they are a moment ago. */
  proved: boolean;
  /** Of the record that they run for. */
  kind?: string;
  /** The tenant of the rule, whose records alone it reaches; '' = a rule of the platform, which reaches all. */
  ruleTenantId: string;
}

/**
 * The decision for whatever has the steps of a rule run: by hand, again, for a kept event. `tenantId`: of what they run for. For
 * steps that may write in another tenant than that, the permission is needed in all.
 */
export function refusalOfSteps(
  principal: Principal,
  tenantId: string,
  body: RuleSteps,
  { proved, kind, ruleTenantId }: StepsAsked,
): StepsRefusal | undefined {
  const uses = usesOfRule(body, kind);
  const missing = uses.find(({ permission, leaves }) => {
    const where = leaves && ruleTenantId === '' ? '' : tenantId;
    return !decideAccess(principal, permission, { tenantId: where }).allowed;
  });
  if (missing !== undefined) return { because: 'missing', permission: missing.permission };
  const asks = proved ? undefined : uses.find(({ permission }) => isDangerous(permission));
  return asks === undefined ? undefined : { because: 'unproved', permission: asks.permission };
}

/**
 * What the steps need of whoever has them run. Where nothing says of what kind the changed record is, the permissions of all
 * kinds that have such a field or status: anybody may send an event about a record of another kind.
 */
export function permissionsOfRule(body: RuleSteps, kind?: string): string[] {
  return [...new Set(usesOfRule(body, kind).map(({ permission }) => permission))];
}

interface PermissionUse {
  permission: string;
  /** The step names a record or tenant of its own, which may be elsewhere than what it runs for. */
  leaves: boolean;
}

function usesOfRule({ trigger, steps }: RuleSteps, kind: string | undefined): PermissionUse[] {
  const about = kind === undefined ? kindsOfTrigger(trigger) : [kind];
  const usesOf = (step: StepOf<'action'>): PermissionUse[] => {
    const leaves = mayLeave(step);
    return permissionsOfAction(step, about).map((permission) => ({ permission, leaves }));
  };
  const walk = (list: readonly Step[]): PermissionUse[] =>
    list.flatMap((step) => [
      ...(step.type === 'action' ? usesOf(step) : []),
      ...branchesOf(step).flatMap((branch) => walk(branch.steps)),
    ]);
  return walk(steps);
}

/** What these give is where the event is, or names that tenant. */
const stays = /^\s*\{\{\s*(?:record\.id|record\.tenantId|tenant\.id|event\.tenantId)\s*\}\}\s*$/;

function mayLeave({ action, settings }: StepOf<'action'>): boolean {
  const named = settings[action === 'create_entity' ? 'tenantId' : 'id'];
  return named !== undefined && !(typeof named === 'string' && stays.test(named));
}

function permissionsOfAction({ action, settings }: StepOf<'action'>, about: readonly string[]): string[] {
  const named = settings['kind'] === undefined ? about : [settings['kind']];
  const known = resources.filter((one) => named.includes(one.kind));
  const each = (uses: (resource: Resource) => string[]) =>
    known.length > 0 ? known.flatMap(uses) : resources.filter(mayRulesChange).flatMap(uses);
  switch (action) {
    case 'create_task':
      return ['tasks.create'];
    case 'create_entity':
      return each(({ permission }) => [`${permission}.create`]);
    case 'update_status':
      return each((resource) => permissionsOfMove(resource, settings['status']));
    case 'update_field':
    case 'add_tag':
    case 'remove_tag': {
      const field =
        String(settings['field'] ?? 'tags')
          .replace(/^body\./, '')
          .split('.')[0] ?? '';
      const has = ({ body }: Resource) => field in body.shape || field === 'assignedTo';
      return each((resource) => (has(resource) ? [`${resource.permission}.edit`] : []));
    }
    case 'assign_user':
      return each(({ permission }) => [`${permission}.edit`]);
    case 'enrol_user':
    case 'emit_event':
      return [];
  }
}

/** Of all moves of persons into a status; a template may name any. */
function permissionsOfMove({ permission, states }: Resource, status: unknown): string[] {
  const moves = (states?.transitions ?? []).filter((one) => one.by !== 'server');
  const into = moves.filter((one) => one.to === status);
  const possible = typeof status === 'string' && !status.includes('{') ? into : moves;
  return possible.map((one) => one.permission ?? `${permission}.edit`);
}

/** The kind of the records that a trigger is for; empty = its events may name any. A pattern also takes names nobody knows yet. */
function kindsOfTrigger(trigger: Trigger): string[] {
  if ('kind' in trigger) return [trigger.kind];
  const kind = trigger.type === 'event' ? kindOfEvent(trigger.pattern) : undefined;
  return kind === undefined ? [] : [kind];
}
