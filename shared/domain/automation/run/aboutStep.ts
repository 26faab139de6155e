import { isJsonObject } from '../../../kernel/json.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import type { RecordEnvelope } from '../../../records/envelope.ts';
import { textIn } from '../../../records/readBody.ts';
import type { Step } from '../../../resources/automation/step.ts';
import { aboutIn } from '../../../resources/events/about.ts';
import type { About } from '../../../resources/events/about.ts';
import { resourceByKind } from '../../../resources/registry.ts';
import type { PreparedStep } from '../steps/preparedStep.ts';
import { isServerJob } from '../steps/serverJobs.ts';
import type { ServerJob } from '../steps/serverJobs.ts';
import type { ScopeBase } from './scopeOf.ts';

/** Records of every kind, wherever they are: of what nobody wrote down where it is from. */
export const anything: About = { kind: '*', tenantId: '' };

/** Further kinds and tenants are told as `anything`. */
const mostKept = 60;

/** Both together, each kind of each tenant once. */
export function joinAbout(known: readonly About[], more: readonly About[]): readonly About[] {
  const added = more.filter(
    (one, index) =>
      ![...known, ...more.slice(0, index)].some(({ kind, tenantId }) => kind === one.kind && tenantId === one.tenantId),
  );
  if (added.length === 0) return known;
  const all = [...known, ...added];
  return all.length > mostKept || all.some(({ kind }) => kind === anything.kind) ? [anything] : all;
}

/**
 * What the data of an event may tell of. What came from outside tells of no record of ours; what a person gave, as they started a
 * rule or wrote the event anew, may tell of any.
 */
export function aboutEvent({ tenantId, body }: RecordEnvelope): readonly About[] {
  const kind = textIn(body, 'entityType');
  const named = resourceByKind(kind) ? [{ kind, tenantId }] : [];
  const told = aboutIn(body);
  if (body['source'] !== 'rule' && !told) return holdsGiven(body) ? joinAbout(named, [anything]) : named;
  return joinAbout(named, told ?? [anything]);
}

/** Whether a person who started a rule gave it data. */
export function holdsGiven({ source, data }: JsonObject): boolean {
  return source === 'manual' && !(isJsonObject(data) && Object.keys(data).every((name) => name === 'ruleId'));
}

/** Kinds of which a job of the server tells. */
const kindsOfJob: Readonly<Record<ServerJob, readonly string[]>> = {
  compact_store: [],
  verify_audit_chain: ['auditEntry'],
  count_tenant_records: ['member', 'rule', 'task'],
};

/**
 * What a step may learn of or write, besides what its run knew before. `own` is the step without those inside it; `tenantOf`
 * tells the tenant of a record that is changed, undefined where there is none.
 */
export function aboutStep(
  own: Step,
  base: Pick<ScopeBase, 'record' | 'tenant' | 'event'>,
  prepared: PreparedStep | undefined,
  tenantOf: (id: string) => string | undefined,
): readonly About[] {
  const { record, tenant, event } = base;
  const found: About[] = [];
  if (record) found.push({ kind: record.kind, tenantId: record.tenantId });
  if (tenant && mayReadTenant(own)) found.push({ kind: tenant.kind, tenantId: tenant.id });
  if (prepared) found.push(...aboutPrepared(prepared, event.tenantId, tenantOf));
  return found;
}

function aboutPrepared(
  prepared: PreparedStep,
  tenantId: string,
  tenantOf: (id: string) => string | undefined,
): readonly About[] {
  switch (prepared.type) {
    case 'changeRecord':
    case 'tagRecord':
    case 'assignRecord':
      return [{ kind: prepared.kind, tenantId: tenantOf(prepared.id) ?? tenantId }];
    case 'createRecord':
      return [{ kind: prepared.kind, tenantId: prepared.tenantId }];
    case 'approval':
      return [{ kind: 'approval', tenantId }];
    case 'runJob':
      return (isServerJob(prepared.job) ? kindsOfJob[prepared.job] : []).map((kind) => ({ kind, tenantId }));
    case 'pluginAction':
      return [anything];
    case 'askModel':
    case 'email':
    case 'emitEvent':
    case 'meeting':
    case 'notification':
    case 'repeat':
    case 'setVariables':
    case 'takeBranch':
    case 'waitForEvent':
    case 'waitUntil':
    case 'webhook':
      return [];
  }
}

/**
 * False only where nothing of the step can read the tenant: it names it nowhere, nor asks for whoever looks after it, and none of its
 * templates or expressions can come by a name that is not written there.
 */
function mayReadTenant(own: Step): boolean {
  if (own.type === 'transform' || own.type === 'loop') return true;
  // Whose events end a wait is one of its settings, and no template.
  if (own.type === 'wait') return own.until.for === 'date' && namesTenant(own.until.at);
  return namesTenant(JSON.stringify(own));
}

function namesTenant(text: string): boolean {
  return /tenant|assignee|\{[{%][^}]*\[/.test(text);
}
