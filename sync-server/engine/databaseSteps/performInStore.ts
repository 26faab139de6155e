import type { PreparedStep } from '#shared/domain/automation/steps/preparedStep.ts';
import { unreachable } from '#shared/kernel/exhaustive.ts';
import type { RuleBook } from '../ruleBook.ts';
import { changeRecord, tagRecord } from './changeRecord.ts';
import { assignRecord } from './chooseStaff.ts';
import { createRecord } from './createRecord.ts';
import { emitEvent } from './emitEvent.ts';
import { notifyStaff } from './notifyStaff.ts';
import type { StepContext, StepResult } from './stepContext.ts';

export const storeStepTypes = [
  'changeRecord',
  'tagRecord',
  'createRecord',
  'assignRecord',
  'emitEvent',
  'notification',
] as const;
export type StoreStep = Extract<PreparedStep, { type: (typeof storeStepTypes)[number] }>;

export function isStoreStep(prepared: PreparedStep): prepared is StoreStep {
  return (storeStepTypes as readonly string[]).includes(prepared.type);
}

/** Does what a step asks of the store, within the transaction that keeps its outcome. */
export async function performInStore(context: StepContext, book: RuleBook, prepared: StoreStep): Promise<StepResult> {
  switch (prepared.type) {
    case 'changeRecord':
      return changeRecord(context, prepared);
    case 'tagRecord':
      return tagRecord(context, prepared);
    case 'createRecord':
      return createRecord(context, prepared);
    case 'assignRecord':
      return assignRecord(context, prepared);
    case 'emitEvent':
      return emitEvent(context, book, prepared);
    case 'notification':
      return notifyStaff(context, prepared);
    default:
      return unreachable(prepared);
  }
}
