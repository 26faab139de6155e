import type { Resource } from '../../records/defineResource.ts';
import { isTombstone } from '../../records/envelope.ts';
import type { RecordState } from '../../records/envelope.ts';
import { changesAccount, changesRights } from '../access/guardRights.ts';
import { isDangerous, permissionCatalogue } from '../access/permissionCatalogue.ts';
import { resources } from '../../resources/registry.ts';
import { isOwnChoice } from './ownChoices.ts';
import { loosensRetention } from './retentionLoosened.ts';
import { actsAnew, permissionsOfRule } from './rulePermissions.ts';

/**
 * Every permission that a write uses: that of its verb, of the move through the state machine, of the question it decides,
 * `roles.manage` where it gives or takes rights, and `staff.manage` where it changes who gets into an account.
 */
export function neededPermissions(resource: Resource, stored: RecordState | undefined, after: RecordState): string[] {
  const before = stored && !isTombstone(stored) ? stored : undefined;
  const verb = isTombstone(after) ? 'delete' : before ? 'edit' : 'create';
  const needed = new Set([`${resource.permission}.${verb}`]);
  // What is everybody's own to choose uses no permission, whoever holds one; see ownChoices.ts.
  if (!isTombstone(after) && isOwnChoice({ id: after.updatedBy }, stored, after)) return [];
  if (before && !isTombstone(after) && before.status !== after.status) {
    const move = resource.states?.transitions.find((one) => one.from === before.status && one.to === after.status);
    if (move?.permission) needed.add(move.permission);
    const decides = before.kind === 'approval' ? before.body['permission'] : undefined;
    if (typeof decides === 'string' && decides !== '') needed.add(decides);
  }
  if (changesRights(stored, after)) needed.add('roles.manage');
  if (changesAccount(stored, after)) needed.add('staff.manage');
  return [...needed];
}

/** The first permission a write uses that asks again who one is; undefined = none does. */
export function dangerousUse(
  resource: Resource,
  stored: RecordState | undefined,
  after: RecordState,
): string | undefined {
  // A switch that comes or goes changes what runs as much as one that is turned.
  const switches = resource.kind === 'flag' ? ['flags.edit'] : [];
  // What its steps do happens by order of whoever switches it on.
  const acts = actsAnew(stored, after);
  const steps = acts ? permissionsOfRule(acts) : [];
  const needed = neededPermissions(resource, stored, after);
  return (
    [...needed, ...switches, ...steps].find(isDangerous) ??
    (loosensRetention(stored, after) ? needed.at(-1) : undefined)
  );
}

const dangerousKinds = new Set(
  permissionCatalogue
    .filter((entry) => entry.dangerous.length > 0)
    .flatMap((entry) => resources.filter((one) => one.permission === entry.resource).map((one) => one.kind))
    // A command does by and by what it names: whether its giver proved who they are is kept with it.
    .concat('staff', 'approval', 'command', 'rule', 'retentionRule', 'legalHold'),
);

/** False for kinds of which no write asks again who one is. */
export function mayBeDangerous(kind: string): boolean {
  return dangerousKinds.has(kind);
}
