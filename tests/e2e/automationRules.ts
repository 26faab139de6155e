import type { JsonObject } from '#shared/kernel/json.ts';

const step = (id: string, more: JsonObject): JsonObject => ({
  id,
  name: id,
  retry: { max: 0, backoffSeconds: 1 },
  ...more,
});

const compare = (field: string, operator: string, value: string | number): JsonObject => ({
  type: 'group',
  match: 'and',
  conditions: [{ type: 'comparison', field, operator, value }],
});

/** A file of rules as the console exports one. */
export function ruleFile(rules: readonly JsonObject[]): string {
  return JSON.stringify({
    format: 'steward.rules',
    version: 1,
    rules: rules.map((body) => ({ id: '', tenantId: '', body: { isActive: true, ...body } })),
  });
}

/** Asks before it suspends a tenant that cannot pay. */
export const suspendAfterFailures: JsonObject = {
  name: 'Suspend after failed payments',
  trigger: { type: 'event', pattern: 'payment.failed' },
  conditions: compare('event.data.attempts', 'greater_or_equal', 3),
  steps: [
    step('ask', {
      type: 'approval',
      permission: 'approvals.approve',
      question: 'Suspend {{ tenant.name }} after {{ event.data.attempts }} failed payments?',
    }),
    step('suspend', {
      type: 'action',
      action: 'update_status',
      settings: { kind: 'tenant', id: '{{ event.tenantId }}', status: 'SUSPENDED', reason: 'Payments keep failing' },
    }),
  ],
};

/** Sets itself off again as long as the project is titled so. */
export const echo: JsonObject = {
  name: 'Echo of a project',
  trigger: { type: 'event', pattern: 'project.updated' },
  conditions: compare('event.data.title', 'equals', 'again'),
  steps: [
    step('emit', {
      type: 'action',
      action: 'emit_event',
      settings: { event: 'project.updated', data: { id: '{{ event.data.id }}', title: 'again' } },
    }),
  ],
};

/** A mail, a call of another system, and a task, in this order. */
export function handOver(hookUrl: string): JsonObject {
  return {
    name: 'Hand a project over',
    trigger: { type: 'event', pattern: 'project.completed' },
    steps: [
      step('mail', {
        type: 'email',
        to: 'owner@mail.example',
        subject: 'Project {{ event.data.title }} is done',
        template: 'Well done.',
      }),
      step('tell', {
        type: 'webhook',
        method: 'POST',
        url: `${hookUrl}/projects`,
        headers: { 'content-type': 'application/json' },
        body: '{"project": "{{ event.data.id }}"}',
      }),
      step('archive', {
        type: 'action',
        action: 'create_task',
        settings: { title: 'Archive {{ event.data.title }}' },
      }),
    ],
  };
}
