import type { JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';

/** A new record as a console would push it. */
function newRecord(kind: string, tenantId: string, body: JsonObject, changes: Partial<RecordEnvelope> = {}) {
  const at = new Date().toISOString();
  return {
    id: crypto.randomUUID(),
    kind,
    tenantId,
    status: '',
    assignedTo: '',
    createdAt: at,
    createdBy: 'me',
    updatedAt: at,
    updatedBy: 'me',
    version: 1,
    ...changes,
    body,
  } satisfies RecordEnvelope;
}

export function shopTenant(): RecordEnvelope {
  const id = crypto.randomUUID();
  const body = { name: 'Corner shop', slug: 'corner-shop', plan: 'starter', ownerEmail: 'owner@corner.example' };
  return newRecord('tenant', id, body, { id, status: 'CREATED' });
}

/** The type of the event `shop.order.placed`. */
export function orderPlaced(): RecordEnvelope {
  return newRecord('eventType', '', {
    module: 'shop',
    code: 'order.placed',
    description: { en: 'An order was placed', ar: 'قُدِّم طلب', fr: 'Une commande a été passée' },
    dataSchema: {
      type: 'object',
      properties: { number: { type: 'integer', minimum: 1 }, email: { type: 'string', format: 'email' } },
      required: ['number', 'email'],
    },
    isActive: true,
  });
}

const step = (id: string, more: JsonObject): JsonObject => ({
  id,
  name: id,
  delayMinutes: 0,
  retry: { max: 3, backoffSeconds: 1 },
  onError: 'stop',
  ...more,
});

function orderRule(tenantId: string, name: string, steps: JsonObject[], concurrency: string): RecordEnvelope {
  return newRecord('rule', tenantId, {
    name,
    isActive: true,
    trigger: { type: 'event', pattern: 'shop.order.*' },
    conditions: {
      type: 'group',
      match: 'and',
      conditions: [{ type: 'comparison', field: 'event.data.number', operator: 'greater_than', value: 0 }],
    },
    steps,
    concurrency,
  });
}

/**
 * Two rules for every order: one with effects outside and in the store, one that notes the order at the tenant, one order
 * after the other. What happens twice, or not at all, shows.
 */
export function chainedRules(tenantId: string, hookUrl: string): RecordEnvelope[] {
  const serve = [
    step('mail', {
      type: 'email',
      to: '{{ event.data.email }}',
      subject: 'Order {{ event.data.number }}',
      template: 'Thank you, {{ tenant.name }} has your order {{ event.data.number }}.',
    }),
    step('check', {
      type: 'action',
      action: 'create_task',
      settings: { title: 'Check order {{ event.data.number }}', priority: 'normal' },
    }),
    step('tell', {
      type: 'webhook',
      method: 'POST',
      url: `${hookUrl}/orders`,
      headers: { 'content-type': 'application/json' },
      body: '{"number": {{ event.data.number }}}',
    }),
  ];
  const note = [
    step('note', {
      type: 'action',
      action: 'update_field',
      settings: { field: 'notes', value: '{{ record.notes }}{{ event.data.number }},' },
    }),
  ];
  return [
    orderRule(tenantId, 'Serve the order', serve, 'parallel'),
    orderRule(tenantId, 'Note the order', note, 'queued'),
  ];
}
