import { rule } from '#shared/resources/automation/rule.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';
import { readKeptDraft } from '../editor/model/keptDraft.ts';

/** What the editor keeps of a rule and nobody saved, where it is whole enough to run; undefined otherwise. */
export function keptBody(ruleId: string, storage: Pick<Storage, 'getItem'>): Rule['body'] | undefined {
  if (ruleId === '') return undefined;
  const body = rule.body.safeParse(readKeptDraft(ruleId, storage)?.content);
  return body.success ? body.data : undefined;
}
