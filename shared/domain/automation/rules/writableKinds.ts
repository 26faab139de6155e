import type { Resource } from '../../../records/defineResource.ts';

/** Kinds that decide about rights or stand for what somebody else decided; no rule writes them. */
const closedCollections: ReadonlySet<string> = new Set(['access', 'audit', 'events', 'inbox']);
const closedKinds = new Set(['approval', 'command', 'run', 'rule', 'ruleRevision', 'lifecycleEntry']);

/** Whether the actions of rules may change records of a kind. */
export function mayRulesChange({ kind, writer, collection }: Resource): boolean {
  return writer !== 'server' && !closedKinds.has(kind) && !closedCollections.has(collection);
}

/** Whether they may create some: a tenant is made with its owner by a person. */
export function mayRulesCreate(resource: Resource): boolean {
  return resource.kind !== 'tenant' && mayRulesChange(resource);
}
