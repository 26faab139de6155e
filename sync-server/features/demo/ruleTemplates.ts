import type { ConditionGroup } from '#shared/resources/automation/condition.ts';
import type { Step } from '#shared/resources/automation/step.ts';
import type { Trigger } from '#shared/resources/automation/trigger.ts';

export interface RuleTemplate {
  name: string;
  description: string;
  tags: readonly string[];
  trigger: Trigger;
  conditions: ConditionGroup;
  steps: Step[];
}

const common = (id: string, name: string) => ({
  id,
  name,
  delayMinutes: 0,
  retry: { max: 3, backoffSeconds: 30 },
  onError: 'stop' as const,
});
const all = (...conditions: ConditionGroup['conditions']): ConditionGroup => ({
  type: 'group',
  match: 'and',
  conditions,
});
const any = (...conditions: ConditionGroup['conditions']): ConditionGroup => ({
  type: 'group',
  match: 'or',
  conditions,
});
const compare = (
  field: string,
  operator: 'equals' | 'greater_or_equal' | 'is_true' | 'contains' | 'in',
  value?: string | number | string[],
) => ({
  type: 'comparison' as const,
  field,
  operator,
  ...(value === undefined ? {} : { value }),
});
const onEvent = (pattern: string): Trigger => ({ type: 'event', pattern });
const email = (id: string, name: string, to: string, subject: string, template: string): Step => ({
  ...common(id, name),
  type: 'email',
  to,
  subject,
  template,
});
const notify = (id: string, name: string, to: string, subject: string, message: string): Step => ({
  ...common(id, name),
  type: 'notification',
  to,
  subject,
  message,
});
const action = (
  id: string,
  name: string,
  kind: Extract<Step, { type: 'action' }>['action'],
  settings: Record<string, string | number>,
): Step => ({ ...common(id, name), type: 'action', action: kind, settings });

/** The rules that ship, which staff copy and adjust. */
export const ruleTemplates: readonly RuleTemplate[] = [
  {
    name: 'Suspend tenant on repeated payment failure',
    description: 'After the third refused payment the tenant is suspended, once a person agrees.',
    tags: ['billing'],
    trigger: onEvent('payment.failed'),
    conditions: all(compare('event.data.attempts', 'greater_or_equal', 3)),
    steps: [
      notify(
        'warn',
        'Tell operations',
        'role:operations',
        '{{ tenant.name }}: payment failed',
        'Attempt {{ event.data.attempts }}: {{ event.data.reason }}',
      ),
      {
        ...common('ask', 'Ask before suspending'),
        type: 'approval',
        permission: 'tenants.edit',
        question: 'Suspend {{ tenant.name }}?',
        escalateAfterMinutes: 240,
      },
      action('suspend', 'Suspend', 'update_status', { status: 'SUSPENDED', reason: 'Repeated payment failure' }),
    ],
  },
  {
    name: 'Invoice follow-up',
    description: 'Reminds the owner of an overdue invoice, and again after three days.',
    tags: ['billing'],
    trigger: onEvent('invoice.overdue'),
    conditions: all(),
    steps: [
      email(
        'first',
        'First reminder',
        '{{ tenant.ownerEmail }}',
        'Your invoice {{ event.data.invoiceId }} is overdue',
        'Dear customer, please settle the invoice within seven days.',
      ),
      {
        ...common('pause', 'Wait for the payment'),
        type: 'wait',
        until: { for: 'event', pattern: 'invoice.paid', timeoutMinutes: 4320 },
      },
      action('call', 'Ask a colleague to call', 'create_task', {
        title: 'Call about invoice {{ event.data.invoiceId }}',
        priority: 'high',
      }),
    ],
  },
  {
    name: 'Alert on referral fraud score',
    description: 'A click that looks bought or automated goes to the growth team.',
    tags: ['fraud', 'referrals'],
    trigger: onEvent('referral.click.recorded'),
    conditions: any(
      compare('event.data.fraudScore', 'greater_or_equal', 80),
      compare('event.data.code', 'contains', 'TEST'),
    ),
    steps: [
      notify(
        'alert',
        'Alert growth',
        'role:growth_manager',
        'Suspicious click on {{ event.data.code }}',
        'Score {{ event.data.fraudScore }}',
      ),
      action('tag', 'Mark the code', 'add_tag', { tag: 'under-review' }),
    ],
  },
  {
    name: 'Remedial course after a failed phishing test',
    description: 'Enrols whoever clicked in the short course on phishing.',
    tags: ['awareness'],
    trigger: onEvent('phishing.test.failed'),
    conditions: all(),
    steps: [
      action('enrol', 'Enrol', 'enrol_user', { course: 'phishing-basics', email: '{{ event.data.email }}' }),
      email(
        'explain',
        'Explain',
        '{{ event.data.email }}',
        'A short course for you',
        'It takes twelve minutes and shows what gave the message away.',
      ),
    ],
  },
  {
    name: 'Certificate when a course is completed',
    description: 'Issues the certificate for a score of 70 % or more, otherwise offers another attempt.',
    tags: ['learning'],
    trigger: onEvent('lms.course.completed'),
    conditions: all(),
    steps: [
      {
        ...common('passed', 'Passed?'),
        type: 'condition',
        conditions: all(compare('event.data.score', 'greater_or_equal', 70)),
        then: [
          {
            ...common('issue', 'Issue the certificate'),
            type: 'runJob',
            job: 'issue_certificate',
            settings: { courseId: '{{ event.data.courseId }}' },
          },
        ],
        otherwise: [
          email(
            'again',
            'Offer another attempt',
            '{{ event.data.student }}',
            'Try again whenever you like',
            'Your score was {{ event.data.score }} %.',
          ),
        ],
      },
    ],
  },
  {
    name: 'Client onboarding',
    description: 'The first week of a new tenant: welcome, kick-off meeting, a look at its usage.',
    tags: ['onboarding'],
    trigger: onEvent('tenant.activated'),
    conditions: all(compare('tenant.plan', 'in', ['professional', 'enterprise'])),
    steps: [
      email('welcome', 'Welcome', '{{ tenant.ownerEmail }}', 'Welcome to the platform', 'Your workspace is ready.'),
      {
        ...common('kickoff', 'Kick-off'),
        type: 'meeting',
        title: 'Kick-off with {{ tenant.name }}',
        attendees: '{{ tenant.ownerEmail }}',
        startsAt: '{{ now | plus_days: 2 }}',
        durationMinutes: 45,
      },
      { ...common('week', 'A week later'), type: 'wait', until: { for: 'duration', minutes: 10_080 } },
      action('review', 'Review the first week', 'create_task', {
        title: 'Review the first week of {{ tenant.name }}',
        priority: 'normal',
      }),
    ],
  },
  {
    name: 'Welcome e-mail on new customer',
    description: 'Greets a new customer and assigns somebody in turn.',
    tags: ['crm'],
    trigger: onEvent('crm.customer.created'),
    conditions: all(),
    steps: [
      email(
        'hello',
        'Greet',
        '{{ event.data.email }}',
        'Good to meet you, {{ event.data.name }}',
        'We will call you within a day.',
      ),
      action('assign', 'Assign in turn', 'assign_user', { strategy: 'round_robin', role: 'support' }),
    ],
  },
  {
    name: 'Follow-up after an accepted match',
    description: 'Makes an appointment and a task from every match of at least 80 %.',
    tags: ['crm'],
    trigger: onEvent('crm.match.accepted'),
    conditions: all(compare('event.data.score', 'greater_or_equal', 80)),
    steps: [
      {
        ...common('names', 'Work out the priority'),
        type: 'transform',
        variables: { priority: 'event.data.score >= 90 ? "urgent" : "high"' },
      },
      action('task', 'Create the task', 'create_task', {
        title: 'Arrange a viewing for match {{ event.data.matchId }}',
        priority: '{{ vars.priority }}',
      }),
    ],
  },
  {
    name: 'Warn before the plan is used up',
    description: 'Tells the owner when four fifths of the plan are used.',
    tags: ['usage'],
    trigger: onEvent('tenant.usage.*'),
    conditions: all(),
    steps: [
      email(
        'owner',
        'Tell the owner',
        '{{ tenant.ownerEmail }}',
        'You have used {{ event.data.usedPercent }} % of your plan',
        'A larger plan is one click away.',
      ),
      notify(
        'team',
        'Tell the account manager',
        'assignee',
        '{{ tenant.name }} is near its limit',
        '{{ event.data.metric }}',
      ),
    ],
  },
  {
    name: 'Trial ends in three days',
    description: 'A last word before the trial ends.',
    tags: ['onboarding', 'billing'],
    trigger: { type: 'date', kind: 'tenant', field: 'body.trialEndsAt', offsetMinutes: -4320 },
    conditions: all(),
    steps: [
      email(
        'offer',
        'Offer',
        '{{ record.ownerEmail }}',
        'Your trial ends in three days',
        'Keep everything you set up by choosing a plan.',
      ),
    ],
  },
  {
    name: 'Morning report of failed events',
    description: 'Every weekday at seven: what failed since yesterday.',
    tags: ['operations'],
    trigger: { type: 'schedule', cron: '0 7 * * 1-5', timeZone: 'Europe/Paris' },
    conditions: all(),
    steps: [
      { ...common('count', 'Count them'), type: 'runJob', job: 'summarise_failed_events', settings: { hours: 24 } },
      {
        ...common('post', 'Post to the channel'),
        type: 'webhook',
        method: 'POST',
        url: 'https://chat.steward.example/hooks/operations',
        headers: { 'content-type': 'application/json' },
        body: '{"text": {{ steps.count.output.text | json }}}',
      },
    ],
  },
  {
    name: 'Tell the account manager of a plan change',
    description: 'When a tenant changes its plan, whoever looks after it hears of it.',
    tags: ['operations'],
    trigger: { type: 'field_change', kind: 'tenant', field: 'body.plan' },
    conditions: all(),
    steps: [
      notify(
        'tell',
        'Tell the assignee',
        'assignee',
        '{{ record.name }} is now on {{ record.plan }}',
        'Changed by {{ event.triggeredBy }}',
      ),
    ],
  },
];
