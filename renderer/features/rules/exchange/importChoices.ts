import type { JsonObject } from '#shared/kernel/json.ts';
import { asJsonObject } from '#renderer/data/automation/asJsonObject.ts';
import type { ImportPlan } from './ruleFile.ts';

/** What is done with one rule of a file. */
export type ImportChoice = 'add' | 'overwrite' | 'copy' | 'skip';

/** What can be done with it; the first is what is meant when nothing else is said. */
export function choicesFor(plan: ImportPlan): readonly ImportChoice[] {
  switch (plan.does) {
    case 'create':
      return ['add', 'skip'];
    case 'change':
      return ['overwrite', 'copy', 'skip'];
    case 'nothing':
      return ['skip', 'copy'];
  }
}

/** One write to the replica. */
export type ImportWrite =
  | { write: 'create'; tenantId: string; body: JsonObject; name: string }
  | { write: 'edit'; id: string; body: JsonObject; name: string };

/**
 * What a choice writes; undefined for one that is skipped. Rules come paused, so that nothing runs that nobody has looked
 * at; `keepSwitch` takes the switch of the file.
 */
export function writeOf(
  plan: ImportPlan,
  choice: ImportChoice,
  { keepSwitch, copyName }: { keepSwitch: boolean; copyName: (name: string) => string },
): ImportWrite | undefined {
  const { body, tenantId } = plan.filed;
  const taken = { ...body, isActive: keepSwitch && body.isActive };
  if (choice === 'skip') return undefined;
  if (choice === 'overwrite' && plan.does !== 'create')
    return { write: 'edit', id: plan.record.id, body: asJsonObject(taken), name: body.name };
  const name = choice === 'copy' ? copyName(body.name) : body.name;
  return { write: 'create', tenantId, body: asJsonObject({ ...taken, name }), name };
}
