import { isJsonObject } from '../../kernel/json.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Resource } from '../../records/defineResource.ts';
import { isTombstone } from '../../records/envelope.ts';
import type { RecordEnvelope, RecordState } from '../../records/envelope.ts';
import { requireResource, resourceByKind } from '../../resources/registry.ts';
import { portableCrypto } from '../audit/auditCrypto.ts';
import type { AuditCrypto } from '../audit/auditCrypto.ts';
import { erasableFields } from '../audit/commitments.ts';
import { eraseValues } from '../audit/eraseValues.ts';
import { isAbout, redactEvent, redactRun, repeatedInEntry, seesAnything } from './copiesInRuns.ts';
import type { EventRights } from './copiesInRuns.ts';
import { decideAccess } from './decideAccess.ts';
import type { AccessTarget } from './decideAccess.ts';
import { hiddenFields } from './fieldAccess.ts';
import type { Principal } from './principal.ts';

export interface ViewedHead extends AccessTarget {
  id: string;
  kind: string;
}

/**
 * What one person may see of records: the one decision of the server, for what it sends, and of the console, for what it
 * keeps. Holds answers that many records share, so scans stay fast.
 */
export interface RecordView {
  /** For a record that was deleted, without owner, whether it was theirs to see whoever owned it. */
  sees: (head: ViewedHead) => boolean;
  /** A record that they see, without what they do not: a copy, or the record itself where nothing is hidden. */
  redact: (record: RecordEnvelope) => RecordEnvelope;
  /** The record as they may have it; undefined = not at all. */
  show: (record: RecordState) => RecordState | undefined;
  /** Of what repeats records that nobody wrote down: whether they see all that it may be. */
  seesAnything: (tenantId: string) => boolean;
}

/** Kinds that keep copies of other records' fields. */
type Copies = (record: RecordEnvelope, view: CopyView) => RecordEnvelope;
interface CopyView extends EventRights {
  /** Whether they hold this permission for a record. */
  may: (permission: string, record: RecordEnvelope) => boolean;
  crypto: AuditCrypto;
}

const copies: Readonly<Record<string, Copies>> = {
  auditEntry: redactEntry,
  ruleRevision: redactSnapshot,
  event: redactEvent,
  run: redactRun,
  command: redactCommand,
  approval: redactApproval,
};

/** `crypto`: the host's own hashes, where it has faster ones. */
export function recordViewOf(principal: Principal, crypto: AuditCrypto = portableCrypto): RecordView {
  const ownerless = new Map<string, boolean>();
  const fields = new Map<string, readonly string[]>();
  const mayView = (kind: string, target: AccessTarget): boolean => {
    const resource = resourceByKind(kind);
    return resource !== undefined && decideAccess(principal, `${resource.permission}.view`, target).allowed;
  };
  const seesAll = (kind: string, tenantId: string): boolean => {
    const key = `${kind}|${tenantId}`;
    let open = ownerless.get(key);
    if (open === undefined) ownerless.set(key, (open = mayView(kind, { tenantId })));
    return open;
  };
  const sees: RecordView['sees'] = (head) => {
    if (head.kind === 'staff' && head.id === principal.id) return principal.grants.length > 0;
    if (seesAll(head.kind, head.tenantId)) return true;
    if (head.createdBy !== principal.id && head.assignedTo !== principal.id) return false;
    return mayView(head.kind, head);
  };
  const hiddenIn = (resource: Resource, tenantId: string, own: boolean): readonly string[] => {
    const key = `${resource.kind}|${tenantId}|${own ? 1 : 0}`;
    let hidden = fields.get(key);
    if (!hidden) {
      const record = { tenantId, createdBy: own ? principal.id : '', assignedTo: '' };
      fields.set(key, (hidden = hiddenFields(principal, resource, record)));
    }
    return hidden;
  };
  const copyView: CopyView = {
    readerId: principal.id,
    may: (permission, record) => decideAccess(principal, permission, record).allowed,
    crypto,
    seesAll,
    hidden: (resource, tenantId) => hiddenIn(resource, tenantId, false),
  };
  const redact = (record: RecordEnvelope): RecordEnvelope => {
    const resource = requireResource(record.kind);
    const own = record.createdBy === principal.id || record.assignedTo === principal.id;
    const shown = withoutFields(record, hiddenIn(resource, record.tenantId, own), crypto);
    return copies[record.kind]?.(shown, copyView) ?? shown;
  };
  return {
    sees,
    redact,
    show: (record) => {
      if (!sees(record)) return undefined;
      return isTombstone(record) ? record : redact(record);
    },
    seesAnything: (tenantId) => seesAnything(tenantId, copyView),
  };
}

/** What proves the audit log is whole or proves nothing: of an entry only values that it commits to can be hidden; SPEC.md, C5. */
const evidence: ReadonlySet<string> = new Set(['auditHead', 'auditKey', 'auditGap']);

function withoutFields(record: RecordEnvelope, hidden: readonly string[], crypto: AuditCrypto): RecordEnvelope {
  if (hidden.length === 0 || evidence.has(record.kind)) return record;
  if (record.kind === 'auditEntry') {
    const names = erasableFields.filter((name) => hidden.includes(name));
    const body = names.length === 0 ? record.body : eraseValues(record.body, names, crypto);
    return body === record.body ? record : { ...record, body };
  }
  if (!hidden.some((name) => Object.hasOwn(record.body, name))) return record;
  return { ...record, body: omit(record.body, hidden) };
}

function omit(body: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
}

/**
 * An entry of the audit log tells of a record what its reader could read there: no values of hidden fields, and of records
 * that they may not see neither values nor name nor reason. It does not tell who owned a record, so only what is theirs whoever
 * owns it counts. The hash of the entry stays as it was; domain/audit/SPEC.md, C5.
 */
function redactEntry(record: RecordEnvelope, view: CopyView): RecordEnvelope {
  const about = resourceByKind(String(record.body['resource']));
  if (!about) return record;
  const { tenantId } = record;
  const body = view.seesAll(about.kind, tenantId)
    ? withoutValues(record.body, about, tenantId, view)
    : eraseValues(record.body, ['changes', 'resourceName', 'reason'], view.crypto);
  return body === record.body ? record : { ...record, body };
}

function withoutValues(body: JsonObject, about: Resource, tenantId: string, view: CopyView): JsonObject {
  const hidden = view.hidden(about, tenantId);
  const paths = repeatedInEntry(body, tenantId, view);
  const changes = hidden.length > 0 && Array.isArray(body['changes']) ? body['changes'] : [];
  for (const [index, change] of changes.entries()) if (isAbout(change, hidden)) paths.push(`changes.${index}`);
  if (about.titleFields.some((name) => hidden.includes(name))) paths.push('resourceName');
  return paths.length === 0 ? body : eraseValues(body, paths, view.crypto);
}

/**
 * Data that somebody gave with an order may repeat any record: they are for whoever gave it, and who sees all that it may be.
 * With them goes what the server says is wrong with them.
 */
function redactCommand(record: RecordEnvelope, view: CopyView): RecordEnvelope {
  const { args, result, problem } = record.body;
  const data = isJsonObject(args) ? args['data'] : undefined;
  if (!isJsonObject(args) || !isJsonObject(data) || Object.keys(data).length === 0) return record;
  if (record.createdBy === view.readerId || seesAnything(record.tenantId, view)) return record;
  const problems = isJsonObject(result) && Array.isArray(result['problems']) ? result['problems'] : [];
  const untold = problems.map((one) => (isJsonObject(one) ? { ...one, message: '' } : ''));
  const body = {
    ...record.body,
    args: { ...args, data: {} },
    ...(problem === undefined ? {} : { problem: '' }),
    ...(isJsonObject(result) && problems.length > 0 ? { result: { ...result, problems: untold } } : {}),
  };
  return { ...record, body };
}

/** The steps that follow, rendered, may repeat anything their run had read: they are for who decides, and who sees all that it may be. */
function redactApproval(record: RecordEnvelope, view: CopyView): RecordEnvelope {
  const { subject, permission } = record.body;
  if (!isJsonObject(subject) || Object.keys(subject).length === 0) return record;
  const decides = typeof permission === 'string' && permission !== '' && view.may(permission, record);
  if (decides || seesAnything(record.tenantId, view)) return record;
  return { ...record, body: { ...record.body, subject: {} } };
}

/** A rule as it once was says no more than the rule. */
function redactSnapshot(record: RecordEnvelope, { hidden }: CopyView): RecordEnvelope {
  const snapshot = record.body['snapshot'];
  const names = hidden(requireResource('rule'), record.tenantId);
  if (!isJsonObject(snapshot) || !names.some((name) => Object.hasOwn(snapshot, name))) return record;
  return { ...record, body: { ...record.body, snapshot: omit(snapshot, names) } };
}
