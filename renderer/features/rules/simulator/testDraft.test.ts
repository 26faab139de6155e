import { describe, expect, it } from 'vitest';
import { rule } from '#shared/resources/automation/rule.ts';
import { ruleTest } from '#shared/resources/automation/ruleTest.ts';
import { answerOf, assumedSteps, withAnswer } from './assumptions.ts';
import { blankTest, bodyOfDraft, stepChoices } from './testDraft.ts';

const common = { name: 'A step', delayMinutes: 0, retry: { max: 0, backoffSeconds: 1 }, onError: 'stop' };
const { steps } = rule.body.parse({
  name: 'Ask, then call',
  steps: [
    { ...common, id: 'ask', type: 'approval', permission: 'approvals.approve', question: 'Go on?' },
    {
      ...common,
      id: 'check',
      type: 'condition',
      conditions: { type: 'group', match: 'and', conditions: [] },
      then: [{ ...common, id: 'call', type: 'webhook', method: 'GET', url: 'https://a.example' }],
      otherwise: [],
    },
  ],
});

describe('a test as it is written', () => {
  it('expects nothing of steps where no run is expected', () => {
    const draft = { ...blankTest, name: ' No ', steps: ['ask'], renders: [{ stepId: 'call', contains: 'a' }] };
    const body = bodyOfDraft({ ...draft, matches: false }, 'rule-1');
    expect(body.expected).toEqual({ matches: false });
    expect(body.name).toBe('No');
    expect(ruleTest.body.safeParse(bodyOfDraft({ ...draft, matches: true }, 'rule-1')).success).toBe(true);
  });

  it('leaves out texts that are not written to their end', () => {
    const renders = [
      { stepId: 'call', contains: '' },
      { stepId: '', contains: 'a' },
      { stepId: 'call', contains: 'b' },
    ];
    expect(bodyOfDraft({ ...blankTest, renders }, 'r').expected.renders).toEqual([{ stepId: 'call', contains: 'b' }]);
  });

  it('knows the steps of branches too', () => {
    expect(stepChoices(steps).map(({ value }) => value)).toEqual(['ask', 'check', 'call']);
  });
});

describe('assumptions', () => {
  it('are asked for where somebody outside answers', () => {
    expect(assumedSteps(steps).map(({ id }) => id)).toEqual(['ask', 'call']);
  });

  it('of a webhook are one thing at a time', () => {
    const own = withAnswer({ failures: ['call'] }, 'call', { type: 'own', answer: { status: 404 } });
    expect(answerOf(own, 'call')).toEqual({ type: 'own', answer: { status: 404 } });
    const fails = withAnswer(own, 'call', { type: 'fails' });
    expect(fails).toMatchObject({ answers: {}, failures: ['call'] });
    expect(answerOf(withAnswer(fails, 'call', { type: 'usual' }), 'call')).toEqual({ type: 'usual' });
  });
});
