import type { NewEvent } from '#shared/domain/automation/rules/newEvent.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { About } from '#shared/resources/events/about.ts';
import type { Cause } from '#shared/resources/events/cause.ts';
import { serverRecord } from './serverRecord.ts';

export interface EventOrigin {
  id: string;
  /** Milliseconds since the epoch: when it is stored. */
  at: number;
  /** ISO 8601; default `at`. */
  occurredAt?: string;
  triggeredBy?: string;
  status?: 'pending' | 'processed';
  depth?: number;
  chain?: readonly Cause[];
  /** Of an event that a rule makes. */
  about?: readonly About[];
}

/** The record of an event that is to be stored. */
export function eventRecord(event: NewEvent, origin: EventOrigin): RecordEnvelope {
  const { tenantId, ...named } = event;
  const body: JsonObject = {
    ...named,
    triggeredBy: origin.triggeredBy ?? 'system',
    occurredAt: origin.occurredAt ?? new Date(origin.at).toISOString(),
    depth: origin.depth ?? 0,
    chain: (origin.chain ?? []).map((link) => ({ ...link })),
    ...(origin.about ? { about: origin.about.map((one) => ({ ...one })) } : {}),
    matched: 0,
    attempts: 0,
    failure: '',
    error: '',
  };
  return serverRecord(origin.at, { id: origin.id, kind: 'event', tenantId, status: origin.status ?? 'pending', body });
}
