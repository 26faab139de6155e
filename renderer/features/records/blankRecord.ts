import type { JsonObject } from '#shared/kernel/json.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';

/** A record before it exists, with the schema's defaults; required fields are absent. Never stored as it is. */
export function blankRecord(resource: Resource, tenantId: string, personId: string): RecordEnvelope {
  const body: JsonObject = {};
  for (const [name, schema] of Object.entries(resource.body.shape)) {
    const parsed = schema.safeParse(undefined);
    if (parsed.success && parsed.data !== undefined) body[name] = parsed.data as JsonObject[string];
  }
  return {
    id: 'new',
    kind: resource.kind,
    tenantId,
    status: resource.states?.initial ?? '',
    assignedTo: '',
    createdAt: '',
    createdBy: personId,
    updatedAt: '',
    updatedBy: personId,
    version: 1,
    body,
  };
}
