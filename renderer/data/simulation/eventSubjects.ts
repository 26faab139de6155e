import { subjectOf } from '#shared/domain/automation/rules/subjectOf.ts';
import type { EventSubject } from '#shared/domain/automation/rules/subjectOf.ts';
import type { EventFacts } from '#shared/domain/automation/scope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { resourceByKind } from '#shared/resources/registry.ts';
import type { EventLine } from './simulationResult.ts';
import type { ThreadReads } from './threadReads.ts';

export function lineOf({ id, name, tenantId, occurredAt }: EventFacts): EventLine {
  return { id, name, tenantId, occurredAt };
}

/** What rules see of many events; the tenants and records of each kind are read at once. */
export async function eventSubjects(reads: ThreadReads, events: readonly EventFacts[]): Promise<EventSubject[]> {
  const byKind = new Map<string, Set<string>>();
  const want = (kind: string, id: string) => {
    if (id !== '') byKind.set(kind, (byKind.get(kind) ?? new Set()).add(id));
  };
  for (const event of events) {
    want('tenant', event.tenantId);
    if (resourceByKind(event.entityType)) want(event.entityType, event.entityId);
  }
  const found = new Map<string, RecordEnvelope>();
  for (const [kind, ids] of byKind) for (const [id, record] of await reads.find(kind, [...ids])) found.set(id, record);
  return events.map((event) => subjectOf(event, (id) => found.get(id)));
}
