import type { Problem } from '#shared/kernel/errors.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import { eventBatchSchema, eventInputSchema } from '#shared/protocol/events.ts';
import type { NewEvent } from '../engine/acceptEvents.ts';
import type { KeyHolder } from '../features/apiKeys/apiKeys.ts';
import { parseRequest } from './parseRequest.ts';

export interface EventContext {
  holder: KeyHolder;
  /** ISO 8601. */
  now: string;
  /** Of the whole request; its events without a key of their own get one from it. */
  requestKey: string | undefined;
}

export interface ReadEvents {
  /** False: the body is one event. */
  batch: boolean;
  events: Result<NewEvent, Problem>[];
}

/** The events of a request's body, each as it goes to the door or with what is wrong with it. */
export function readEvents(body: unknown, context: EventContext): Result<ReadEvents, Problem> {
  const batch = isJsonObject(body) && Object.hasOwn(body, 'events');
  if (!batch) return success({ batch, events: [readEvent(body, 0, context)] });
  const parsed = parseRequest(eventBatchSchema, body);
  if (!parsed.ok) return parsed;
  return success({ batch, events: parsed.value.events.map((input, index) => readEvent(input, index, context)) });
}

function readEvent(input: unknown, index: number, context: EventContext): Result<NewEvent, Problem> {
  const parsed = parseRequest(eventInputSchema, input);
  if (!parsed.ok) return parsed;
  const { holder, now, requestKey } = context;
  const { module, code, entityType, entityId, data, triggeredBy, occurredAt, idempotencyKey } = parsed.value;
  const tenant = tenantOf(parsed.value.tenantId, holder);
  if (!tenant.ok) return tenant;
  const key = idempotencyKey ?? (requestKey === undefined ? undefined : `${requestKey}:${index}`);
  return success({
    module,
    code,
    tenantId: tenant.value,
    entityType,
    entityId,
    data,
    triggeredBy: triggeredBy ?? `apiKey:${holder.id}`,
    source: 'http',
    occurredAt: occurredAt === undefined ? now : new Date(occurredAt).toISOString(),
    ...(key === undefined ? {} : { idempotencyKey: key }),
  });
}

function tenantOf(named: string | undefined, holder: KeyHolder): Result<string, Problem> {
  if (holder.tenantId === '') return named === undefined ? failure(tenantMissing) : success(named);
  return named === undefined || named === holder.tenantId ? success(holder.tenantId) : failure(otherTenant);
}

const tenantMissing: Problem = {
  code: 'invalid',
  path: 'tenantId',
  message: "A key of the platform must name the tenant of each event, or '' for the platform itself.",
};
const otherTenant: Problem = {
  code: 'forbidden',
  path: 'tenantId',
  message: "This key sends events of its own tenant only. Leave 'tenantId' out, or use a key of that tenant.",
};
