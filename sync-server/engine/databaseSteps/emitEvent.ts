import type { PreparedStep } from '#shared/domain/automation/steps/preparedStep.ts';
import { acceptEvent } from '../acceptEvents.ts';
import type { RuleBook } from '../ruleBook.ts';
import { idInStep, refuse } from './stepContext.ts';
import type { StepContext, StepResult } from './stepContext.ts';

/** Sends an event of the catalogue, one rule deeper than the one the run is for. */
export async function emitEvent(
  context: StepContext,
  book: RuleBook,
  { type: _type, ...event }: Extract<PreparedStep, { type: 'emitEvent' }>,
): Promise<StepResult> {
  const { batch, cause } = context;
  if (context.ruleTenantId !== '' && event.tenantId !== context.ruleTenantId)
    return refuse('This rule belongs to one tenant and cannot send an event of another.');
  const id = idInStep(context, 'event');
  await book.catchUp(batch.reader);
  await batch.load([id, event.tenantId].filter((one) => one !== ''));
  if (batch.get(id)) return { ok: true, output: { eventId: id } };
  const outcome = await acceptEvent(
    batch,
    { book, clock: () => context.now },
    {
      ...event,
      triggeredBy: 'system',
      source: 'rule',
      occurredAt: new Date(context.now).toISOString(),
      depth: cause.depth,
      chain: cause.chain,
      ...(context.about ? { about: context.about } : {}),
    },
    id,
  );
  if (outcome.status === 'refused') return refuse(outcome.problem.message);
  return { ok: true, output: { eventId: outcome.id } };
}
