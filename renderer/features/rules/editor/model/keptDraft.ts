import * as z from 'zod';
import { ruleContentSchema } from './ruleContent.ts';
import type { RuleContent } from './ruleContent.ts';

/** What was written and not saved. */
export interface RuleDraft {
  /** The tenant the rule is for, '' = the platform. Chosen once, before the rule exists. */
  tenantId: string;
  content: RuleContent;
  /** Texts that are no value yet, such as half-written JSON, by the place where they stand. */
  unfinished: Readonly<Record<string, string>>;
}

export interface KeptDraft extends RuleDraft {
  /** What was stored when writing began; null for a rule that does not exist yet. */
  base: RuleContent | null;
  /** Of the record then; 0 for a rule that does not exist yet. */
  baseVersion: number;
}

const keptSchema: z.ZodType<KeptDraft> = z.object({
  tenantId: z.string(),
  content: ruleContentSchema,
  unfinished: z.record(z.string(), z.string()),
  base: ruleContentSchema.nullable(),
  baseVersion: z.number(),
});

const keyOf = (id: string) => `steward.draft.ruleEditor.${id}`;

/** The draft of a rule as it survives a crash; undefined where none or nothing usable was kept. */
export function readKeptDraft(id: string, storage: Pick<Storage, 'getItem'>): KeptDraft | undefined {
  try {
    const parsed = keptSchema.safeParse(JSON.parse(storage.getItem(keyOf(id)) ?? 'null'));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a draft on this machine, or forgets it. Answers why it could not, where the storage is full. */
export function keepDraft(
  id: string,
  draft: KeptDraft | undefined,
  storage: Pick<Storage, 'setItem' | 'removeItem'>,
): string | undefined {
  try {
    if (draft) storage.setItem(keyOf(id), JSON.stringify(draft));
    else storage.removeItem(keyOf(id));
    return undefined;
  } catch (error) {
    return String(error);
  }
}
