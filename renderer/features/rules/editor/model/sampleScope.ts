import type { EventFacts, ScopeView } from '#shared/domain/automation/scope.ts';
import { scopeView } from '#shared/domain/automation/scopeView.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { event } from '#shared/resources/events/event.ts';
import type { EventType } from '#shared/resources/automation/eventType.ts';
import { sampleData } from '../code/sampleData.ts';

/** What a preview reads: an event, and the records around it as far as they are here. */
export interface SampleSources {
  /** A stored event; undefined = one made from the type's schema. */
  stored: RecordEnvelope | undefined;
  type: EventType | undefined;
  record: RecordEnvelope | null;
  tenant: RecordEnvelope | null;
  rule: { id: string; name: string };
  /** ISO 8601. */
  now: string;
}

export function sampleScope({ stored, type, record, tenant, rule, now }: SampleSources): ScopeView {
  const facts = stored ? storedFacts(stored, now) : madeFacts(type, tenant?.id ?? '', now);
  return scopeView({
    event: facts,
    record,
    before: null,
    tenant,
    rule: { ...rule, revision: 0 },
    run: { id: 'preview' },
    steps: {},
    vars: {},
    now,
  });
}

function storedFacts(stored: RecordEnvelope, now: string): EventFacts {
  const parsed = event.body.safeParse(stored.body);
  if (!parsed.success) return madeFacts(undefined, stored.tenantId, now);
  const { module, code, entityType, entityId, data, triggeredBy, source, occurredAt, depth, chain } = parsed.data;
  return {
    id: stored.id,
    name: `${module}.${code}`,
    module,
    code,
    tenantId: stored.tenantId,
    entityType,
    entityId,
    data,
    triggeredBy,
    source,
    occurredAt,
    depth,
    chain,
  };
}

function madeFacts(type: EventType | undefined, tenantId: string, now: string): EventFacts {
  const module = type?.body.module ?? '';
  const code = type?.body.code ?? '';
  return {
    id: 'preview',
    name: type ? `${module}.${code}` : '',
    module,
    code,
    tenantId,
    entityType: '',
    entityId: '',
    data: type ? sampleData(type.body.dataSchema, now) : {},
    triggeredBy: 'system',
    source: 'preview',
    occurredAt: now,
    depth: 0,
    chain: [],
  };
}
