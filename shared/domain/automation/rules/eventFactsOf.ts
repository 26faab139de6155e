import type { RecordEnvelope } from '../../../records/envelope.ts';
import { isJsonObject } from '../../../kernel/json.ts';
import { numberIn, textIn } from '../../../records/readBody.ts';
import type { Cause } from '../../../resources/events/cause.ts';
import type { EventFacts } from '../scope.ts';

/** A stored event as rules see it. What its body lacks is empty; nothing throws. */
export function eventFactsOf({ id, tenantId, body }: RecordEnvelope): EventFacts {
  const [module, code] = [textIn(body, 'module'), textIn(body, 'code')];
  const data = body['data'];
  const chain = body['chain'];
  return {
    id,
    name: `${module}.${code}`,
    module,
    code,
    tenantId,
    entityType: textIn(body, 'entityType'),
    entityId: textIn(body, 'entityId'),
    data: isJsonObject(data) ? data : {},
    triggeredBy: textIn(body, 'triggeredBy'),
    source: textIn(body, 'source'),
    occurredAt: textIn(body, 'occurredAt'),
    depth: numberIn(body, 'depth'),
    chain: Array.isArray(chain) ? chain.flatMap(causesIn) : [],
  };
}

function causesIn(link: unknown): Cause[] {
  if (!isJsonObject(link)) return [];
  return [{ ruleId: textIn(link, 'ruleId'), runId: textIn(link, 'runId'), eventId: textIn(link, 'eventId') }];
}
