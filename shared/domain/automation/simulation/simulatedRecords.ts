import { unreachable } from '../../../kernel/exhaustive.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import type { RecordEnvelope } from '../../../records/envelope.ts';
import { checkTransition } from '../../../records/stateMachine.ts';
import { strictBodyOf } from '../../../records/strictBodyOf.ts';
import { resourceByKind } from '../../../resources/registry.ts';
import { describeIssue, describeTransitionProblem } from '../../writes/problems.ts';
import type { StepOutcome } from '../run/runState.ts';
import type { ScopeBase } from '../run/scopeOf.ts';
import { mayRulesChange, mayRulesCreate } from '../rules/writableKinds.ts';
import type { FieldChange, PreparedStep } from '../steps/preparedStep.ts';

/** Reads only: a simulation has nothing else to do with what is stored. */
export interface SimulationLookups {
  record: (kind: string, id: string) => Promise<RecordEnvelope | undefined>;
}

/** Records as they would be after the steps so far; what is stored stays as it is. */
export interface SimulatedRecords {
  /** The scope's records as they would be. */
  refreshed: (base: ScopeBase) => ScopeBase;
  /** Does what a step asks the store for; undefined for a step that asks for something else. `key` names what is made. */
  perform: (prepared: PreparedStep, key: string) => Promise<StepOutcome | undefined>;
}

/** @param lookups where other records than those of the scope are read; without it, changes of them are assumed to work. */
export function createSimulatedRecords(base: ScopeBase, lookups: SimulationLookups | undefined): SimulatedRecords {
  const held = new Map<string, RecordEnvelope>();
  const keep = (record: RecordEnvelope) => held.set(`${record.kind}/${record.id}`, record);
  if (base.tenant) keep(base.tenant);
  if (base.record) keep(base.record);
  const latest = (record: RecordEnvelope | null) => record && (held.get(`${record.kind}/${record.id}`) ?? record);

  const changed = async (
    { kind, id }: { kind: string; id: string },
    change: (record: RecordEnvelope) => RecordEnvelope | string,
    output: JsonObject,
  ): Promise<StepOutcome> => {
    const done: StepOutcome = { outcome: 'done', output: { kind, id, ...output } };
    const found = held.get(`${kind}/${id}`) ?? (await lookups?.record(kind, id));
    if (!found) return lookups ? refuse(`There is no ${kind} with the id '${id}'.`) : done;
    const resource = resourceByKind(kind);
    if (resource && !mayRulesChange(resource)) return refuse(`Rules may not write records of kind '${kind}'.`);
    const next = change(found);
    if (typeof next === 'string') return refuse(next);
    keep(next);
    return done;
  };

  return {
    refreshed: (scope) => ({ ...scope, record: latest(scope.record), tenant: latest(scope.tenant) }),
    perform: async (prepared, key): Promise<StepOutcome | undefined> => {
      switch (prepared.type) {
        case 'changeRecord': {
          const { changes, reason } = prepared;
          const fields = changes.map(({ path, value }) => ({ path, new: value }));
          return changed(prepared, (record) => withChanges(record, changes, reason), { changed: fields });
        }
        case 'tagRecord': {
          const { field, add, remove } = prepared;
          return changed(
            prepared,
            (record) => {
              const tags = record.body[field] ?? [];
              if (!Array.isArray(tags)) return `The field '${field}' of ${record.kind} is not a list of words.`;
              const words = [...new Set([...tags, ...add])].filter((word) => !remove.some((gone) => gone === word));
              return withChanges(record, [{ path: `body.${field}`, value: words }], '');
            },
            { added: add, removed: remove },
          );
        }
        case 'assignRecord': {
          const { choose } = prepared;
          const assignedTo = choose.by === 'fixed' ? choose.staffId : `role:${choose.role}`;
          return changed(prepared, (record) => ({ ...record, assignedTo }), { assignedTo });
        }
        case 'createRecord': {
          const { kind, tenantId, assign, body } = prepared;
          const resource = resourceByKind(kind);
          if (!resource) return refuse(`There are no records of kind '${kind}'.`);
          if (!mayRulesCreate(resource)) return refuse(`Rules may not create records of kind '${kind}'.`);
          const own = resource.serverFields.find((name) => Object.hasOwn(body, name));
          if (own !== undefined) return refuse(`Only the server itself sets '${own}' of ${kind}.`);
          const parsed = strictBodyOf(resource).safeParse(body);
          if (!parsed.success) return refuse(describeIssue(parsed.error.issues[0], resource).message);
          const id = `simulated:${key}`;
          const assignedTo = prepared.assignedTo || (assign ? `role:${assign.role}` : '');
          const made: RecordEnvelope = {
            id,
            kind,
            tenantId,
            status: resource.states?.initial ?? '',
            assignedTo,
            createdAt: base.event.occurredAt,
            createdBy: 'system',
            updatedAt: base.event.occurredAt,
            updatedBy: 'system',
            version: 1,
            body: parsed.data as JsonObject,
          };
          keep(made);
          return { outcome: 'done', output: { kind, id, assignedTo } };
        }
        case 'emitEvent':
          return { outcome: 'done', output: { eventId: `simulated:${key}` } };
        case 'approval':
        case 'askModel':
        case 'email':
        case 'meeting':
        case 'notification':
        case 'pluginAction':
        case 'repeat':
        case 'runJob':
        case 'setVariables':
        case 'takeBranch':
        case 'waitForEvent':
        case 'waitUntil':
        case 'webhook':
          return undefined;
        default:
          return unreachable(prepared);
      }
    },
  };
}

/** The record with fields set as far as its kind and states allow, or why not. */
function withChanges(record: RecordEnvelope, changes: readonly FieldChange[], reason: string): RecordEnvelope | string {
  const resource = resourceByKind(record.kind);
  if (!resource) return `There are no records of kind '${record.kind}'.`;
  const next: RecordEnvelope = { ...record, version: record.version + 1, body: { ...record.body } };
  for (const { path, value } of changes) {
    if (path === 'status' || path === 'assignedTo') {
      if (typeof value !== 'string') return `'${path}' of ${record.kind} must be a text.`;
      next[path] = value;
      continue;
    }
    const [, name = '', ...deeper] = path.split('.');
    if (!path.startsWith('body.') || deeper.length > 0 || !(name in resource.body.shape))
      return `'${path}' is not a field of ${record.kind} that can be set so.`;
    if (resource.serverFields.includes(name) || resource.secretFields.includes(name))
      return `Only the server itself sets '${path}' of ${record.kind}.`;
    next.body[name] = value;
  }
  if (next.status !== record.status) {
    if (!resource.states) return `Records of kind '${record.kind}' have no status.`;
    const attempt = { from: record.status, to: next.status, reason, actor: 'person' as const };
    const problem = checkTransition(resource.states, attempt, `${resource.permission}.edit`, () => true);
    if (problem)
      return describeTransitionProblem(problem, { kind: record.kind, from: record.status, to: next.status }).message;
  }
  const parsed = resource.body.safeParse(next.body);
  return parsed.success ? next : describeIssue(parsed.error.issues[0], resource).message;
}

function refuse(error: string): StepOutcome {
  return { outcome: 'failed', error, retriable: false };
}
