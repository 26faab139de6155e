import type { JsonObject } from '#shared/kernel/json.ts';
import type { IdSource } from '#shared/kernel/sources.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { generateDemoData } from '#server/features/demo/generateDemoData.ts';

const at = '2026-01-01T00:00:00.000Z';
const [hash, key, signature] = ['0'.repeat(64), '0'.repeat(16), 'A'.repeat(86)];

/** Kinds that only a server at work makes, or that the demo may lack. */
const handMade: Readonly<Record<string, { status: string; body: JsonObject }>> = {
  auditKey: {
    status: '',
    body: { keyId: key, publicKey: 'A'.repeat(43), madeAt: at, retiredAt: '', endorsedBy: '', endorsement: '' },
  },
  auditHead: { status: '', body: { number: 1, hash, signedAt: at, keyId: key, signature } },
  auditGap: {
    status: '',
    body: {
      first: 1,
      last: 2,
      prevHash: '',
      lastHash: hash,
      from: at,
      until: at,
      reason: 'Retention',
      removedAt: at,
      keyId: key,
      signature,
    },
  },
  retentionRule: { status: '', body: { name: 'A year', days: 365, isActive: false, lastRunAt: '', removed: 0 } },
  legalHold: { status: 'active', body: { name: 'Case', reason: 'A case', subjectId: '', from: '', until: '' } },
  privacyRequest: {
    status: 'received',
    body: {
      type: 'erase',
      subjectEmail: 'ada@example.com',
      subjectName: 'Ada',
      subjectRecords: [],
      channel: '',
      note: '',
      receivedAt: at,
      dueAt: at,
      startedAt: '',
      completedAt: '',
      completedBy: '',
      touched: [],
      proof: '',
      problem: '',
    },
  },
};

/** One valid record of every kind: from the demo data, or made here. */
export function recordTemplates(now: number): ReadonlyMap<string, RecordEnvelope> {
  const sizes = { tenants: 6, rules: 6, events: 60, auditEntries: 20, referrals: 40, clicks: 20, anomalies: 10 };
  const found = new Map<string, RecordEnvelope>();
  for (const records of generateDemoData({ ...sizes, seed: 3, now }))
    for (const record of records) if (!found.has(record.kind)) found.set(record.kind, record);
  const [any] = found.values();
  for (const [kind, { status, body }] of Object.entries(handMade))
    if (any && !found.has(kind)) found.set(kind, { ...any, kind, status, body, tenantId: '' });
  return found;
}

/**
 * A valid record of the kind that belongs to nobody, unless told otherwise; without roles and system marks, which have rules of
 * their own, and under a key of its own.
 * @throws Error when the demo data has none of the kind
 */
export function recordFrom(
  templates: ReadonlyMap<string, RecordEnvelope>,
  resource: Resource,
  ids: IdSource,
  changes: Partial<RecordEnvelope> = {},
): RecordEnvelope {
  const template = templates.get(resource.kind);
  if (!template) throw new Error(`the demo data has no ${resource.kind}`);
  const id = ids();
  const plain: RecordEnvelope['body'] =
    resource.kind === 'staff'
      ? { roles: [] }
      : resource.kind === 'role'
        ? { isSystem: false, key: `made_${id.replaceAll('-', '')}` }
        : {};
  return {
    ...template,
    id,
    tenantId: resource.kind === 'tenant' ? id : template.tenantId,
    createdBy: 'stranger',
    assignedTo: '',
    version: 1,
    ...changes,
    body: { ...template.body, ...plain, ...changes.body },
  };
}
