import { describe, expect, it } from 'vitest';
import { eventType } from '../../../resources/automation/eventType.ts';
import type { EventType } from '../../../resources/automation/eventType.ts';
import { rule } from '../../../resources/automation/rule.ts';
import { resources } from '../../../resources/registry.ts';
import { checkDataSchema } from '../events/checkDataSchema.ts';
import { catalogueEventNames } from '../rules/catalogueEvents.ts';
import { checkRule } from '../rules/checkRule.ts';
import { catalogueBodies } from './catalogueRecords.ts';
import { contentOfTemplate, ruleTemplates } from './ruleTemplates.ts';

/** The catalogue of the specification, as it stands there. */
const specified = `
tenant: created, activated, suspended, read_only, archived, usage.warning, usage.exceeded
user: created, updated, login, login_failed, invited, deleted
lms: course.created, course.published, student.enrolled, course.completed, assessment.passed, assessment.failed, certificate.issued, certificate.revoked
awareness: campaign.created, campaign.sent, campaign.completed
phishing: test.sent, test.failed, test.reported
policies: policy.published, policy.acknowledged, policy.expired
committees: meeting.scheduled, decision.recorded
project: created, updated, completed
message: sent, received
contract: sent, signed, expired
invoice: created, sent, paid, overdue
payment: succeeded, failed
workflow: started, completed, failed
crm: customer.created, property.created, property.published, property.sold, match.created, match.accepted, match.rejected, appointment.created, appointment.completed, task.created, task.completed
referral: code.created, click.recorded, referral.registered, referral.converted, referral.confirmed, payout.requested, payout.paid, payout.failed
health: anomaly.detected, slo.violated, budget.exhausted, flag.changed, rollback.executed
`;

const bodies = catalogueBodies();
const names = bodies.map((body) => `${body.module}.${body.code}`);
const eventTypes: EventType[] = bodies.map((body, index) => ({
  id: `type-${index}`,
  kind: 'eventType',
  tenantId: '',
  status: '',
  assignedTo: '',
  createdAt: '2026-01-01T00:00:00.000Z',
  createdBy: 'system',
  updatedAt: '2026-01-01T00:00:00.000Z',
  updatedBy: 'system',
  version: 1,
  body,
}));

describe('the event catalogue', () => {
  it('has every event of the specification, and no other', () => {
    const wanted = specified
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [module, codes = ''] = line.split(': ');
        return codes.split(', ').map((code) => `${module}.${code}`);
      });
    expect(names.toSorted()).toEqual(wanted.toSorted());
  });

  it('describes each in three languages, with a schema that events can be checked with', () => {
    for (const body of bodies) {
      expect(eventType.body.strict().parse(body)).toEqual(body);
      expect(Object.values(body.description).filter((words) => words.trim() === '')).toEqual([]);
      expect(new Set(Object.values(body.description)).size).toBe(3);
      expect(checkDataSchema(body.dataSchema)).toEqual({ ok: true, value: undefined });
      expect(body.dataSchema['additionalProperties']).toBeUndefined();
    }
  });

  it('holds the events that writes are', () => {
    expect(
      Object.values(catalogueEventNames)
        .flat()
        .filter((name) => !names.includes(name)),
    ).toEqual([]);
  });
});

describe('the rule templates', () => {
  it('are the eleven of the specification, each with its own key, in three languages', () => {
    expect(ruleTemplates.map((template) => template.key).toSorted()).toEqual([
      'client_onboarding',
      'course_completed',
      'invoice_follow_up',
      'lead_priority',
      'overdue_task',
      'project_completion',
      'referral_fraud',
      'remedial_course',
      'round_robin',
      'suspend_tenant',
      'welcome_inquiry',
    ]);
    for (const { title, summary } of ruleTemplates)
      for (const words of [title, summary]) expect(new Set(Object.values(words)).size).toBe(3);
  });

  it.each(ruleTemplates.map((template) => [template.key, template] as const))(
    '%s is a rule in which nothing is wrong or doubtful',
    (_, template) => {
      const body = rule.body.parse({ ...contentOfTemplate(template, 'en'), isActive: true });
      expect(checkRule({ id: '', tenantId: '', body }, { eventTypes, rules: [], resources })).toEqual([]);
    },
  );

  it('do not set each other off', () => {
    const rules = ruleTemplates.map((template) => ({
      id: template.key,
      tenantId: '',
      body: rule.body.parse({ ...contentOfTemplate(template, 'fr'), isActive: true }),
    }));
    for (const one of rules) expect(checkRule(one, { eventTypes, rules, resources })).toEqual([]);
  });
});
