import { expect, it } from 'vitest';
import type { Step } from '../../../resources/automation/step.ts';
import { prepareStep } from '../steps/prepareStep.ts';
import type { Scope } from '../scope.ts';
import { eventGone, isFixedFailure, serverFault } from './fixedFailures.ts';
import { faultOutcome } from './stepOutcome.ts';

const common = {
  id: 'mail',
  name: 'Tell (them)',
  delayMinutes: 0,
  retry: { max: 0, backoffSeconds: 1 },
  onError: 'stop',
} as const;
const mail = (to: string): Step => ({
  ...common,
  type: 'email',
  to,
  cc: '',
  replyTo: '',
  subject: 'Hello',
  format: 'text',
  template: '',
});
const scope = { event: { data: { to: 'ada@@home' } }, record: null, before: null, tenant: null, steps: {}, vars: {} };
const errorOf = async (step: Step) => {
  const prepared = await prepareStep(step, scope as unknown as Scope);
  const outcome = prepared.ok ? undefined : faultOutcome(step, prepared.error);
  return outcome?.outcome === 'failed' ? outcome.error : '';
};

it('what is wrong with a step is told to all only where it repeats nothing that was rendered', async () => {
  const empty = await errorOf(mail('{{ event.data.nobody }}'));
  expect(empty).toContain('the recipients are empty');
  expect(isFixedFailure(empty, common.name)).toBe(true);
  expect(isFixedFailure(empty, 'Another step')).toBe(false);
  const quoted = await errorOf(mail('{{ event.data.to }}'));
  expect(quoted).toContain('ada@@home');
  expect(isFixedFailure(quoted, common.name)).toBe(false);
});

it('messages of our own are told whole, and nothing around them', () => {
  for (const message of [eventGone, serverFault, 'no mail server is configured; start the server with --smtp-url']) {
    expect(isFixedFailure(message)).toBe(true);
    expect(isFixedFailure(`ada@home.example: ${message}`)).toBe(false);
    expect(isFixedFailure(`${message} ada@home.example`)).toBe(false);
    expect(isFixedFailure(`mail (mail, ada@home.example): ${message}`, 'mail')).toBe(false);
  }
});

it('an answer from outside that ends like one of our messages is not told', () => {
  const empty = 'nobody would get it: the recipients are empty';
  expect(isFixedFailure(`s (s): ${empty}`, 's')).toBe(true);
  expect(isFixedFailure(`s (s): HTTP 500: Jane Doe 1234 (x): ${empty}`, 's')).toBe(false);
  expect(isFixedFailure(`s (Jane): HTTP (x): ${empty}`, 's')).toBe(false);
});
