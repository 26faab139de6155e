import type * as z from 'zod';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { ruleTest } from '#shared/resources/automation/ruleTest.ts';
import type { DemoWorld } from './demoWorld.ts';

type Test = Omit<z.input<typeof ruleTest.body>, 'ruleId'>;

/** By the name of the rule that is tested. */
const tests: Readonly<Record<string, readonly Test[]>> = {
  'Welcome e-mail on new inquiry': [
    {
      name: 'Somebody writes for the first time',
      event: {
        module: 'crm',
        code: 'customer.created',
        data: { customerId: 'c-1', name: 'Amina', email: 'amina@mail.example' },
      },
      expected: {
        matches: true,
        steps: ['welcome', 'call'],
        renders: [{ stepId: 'welcome', contains: 'Good to meet you, Amina' }],
      },
    },
    {
      name: 'Without an address nothing is sent',
      event: { module: 'crm', code: 'customer.created', data: { customerId: 'c-2', name: 'Amina', email: '' } },
      expected: { matches: false },
    },
  ],
  'Priority for leads with a score of 80 or more': [
    {
      name: 'From 90 on it is urgent',
      event: {
        module: 'crm',
        code: 'customer.created',
        data: { customerId: 'c-3', name: 'Noé', email: 'noe@mail.example', score: 93 },
      },
      expected: {
        matches: true,
        steps: ['rank', 'task', 'tell'],
        renders: [{ stepId: 'task', contains: 'urgent' }],
      },
    },
    {
      name: 'A score of 79 is not enough',
      event: {
        module: 'crm',
        code: 'customer.created',
        data: { customerId: 'c-4', name: 'Noé', email: 'noe@mail.example', score: 79 },
      },
      expected: { matches: false },
    },
  ],
  'Certificate and campaign status when a course is completed': [
    {
      name: 'Below 70 another attempt is offered',
      event: {
        module: 'lms',
        code: 'course.completed',
        data: {
          courseId: 'k-1',
          title: 'First aid at work',
          userId: 'u-1',
          student: 'Léa',
          email: 'lea@mail.example',
          score: 55,
        },
      },
      expected: {
        matches: true,
        steps: ['passed', 'again'],
        renders: [{ stepId: 'again', contains: 'your score was 55 %' }],
      },
    },
  ],
};

/** Saved test events of the rules that have some. */
export function makeRuleTests(world: DemoWorld, rules: readonly RecordEnvelope[]): RecordEnvelope[] {
  return rules.flatMap((rule) => {
    const found = tests[String(rule.body['name'])] ?? [];
    return found.map((test) =>
      world.record(
        ruleTest,
        { at: Date.parse(rule.createdAt), tenantId: rule.tenantId, by: rule.createdBy },
        { ...test, ruleId: rule.id },
      ),
    );
  });
}
