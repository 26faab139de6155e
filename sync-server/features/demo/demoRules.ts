import {
  action,
  all,
  compare,
  compute,
  email,
  notify,
  onEvent,
} from '#shared/domain/automation/catalogue/templateParts.ts';
import { contentOfTemplate, ruleTemplates } from '#shared/domain/automation/catalogue/ruleTemplates.ts';

type DemoRule = ReturnType<typeof contentOfTemplate>;

/** Rules that staff of the demo wrote themselves. */
const ownRules: readonly DemoRule[] = [
  {
    name: 'Follow-up after an accepted match',
    description: 'Makes a task from every match of at least 80 %.',
    tags: ['crm'],
    trigger: onEvent('crm.match.accepted'),
    conditions: all(compare('event.data.score', 'greater_or_equal', 80)),
    steps: [
      compute('rank', 'Work out the priority', { priority: 'event.data.score >= 90 ? "urgent" : "high"' }),
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
        'Tell operations',
        'role:operations',
        '{{ tenant.name }} is near its limit',
        '{{ event.data.metric }}: {{ event.data.usedPercent }} %',
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
    name: 'Morning look at open work',
    description: 'Every weekday at seven: a task to look at what failed since yesterday.',
    tags: ['operations'],
    trigger: { type: 'schedule', cron: '0 7 * * 1-5', timeZone: 'Europe/Paris' },
    conditions: all(),
    steps: [
      action('look', 'Task to look', 'create_task', {
        title: 'Look at failed events and runs',
        dueInDays: 0,
        role: 'operations',
      }),
    ],
  },
  {
    name: 'Tell the account manager of a plan change',
    description: 'When a tenant changes its plan, whoever looks after it hears of it.',
    tags: ['operations'],
    trigger: { type: 'field_change', kind: 'tenant', field: 'body.plan' },
    conditions: all(compare('record.assignedTo', 'is_not_empty')),
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

/** Contents of the demo's rules: the templates first. */
export const demoRules: readonly DemoRule[] = [
  ...ruleTemplates.map((template) => contentOfTemplate(template, 'en')),
  ...ownRules,
];
