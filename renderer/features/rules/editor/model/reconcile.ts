import { changedFields } from './ruleContent.ts';
import type { ContentField, RuleContent } from './ruleContent.ts';

/** How what was written stands to what is stored now, `base` being what was stored when writing began. */
export type Standing =
  | { state: 'same' }
  /** Nothing was written: what is stored is shown. */
  | { state: 'behind' }
  /** Both sides changed the rule, in different fields: both can be had. */
  | { state: 'apart'; theirs: ContentField[] }
  /** Both sides changed the same fields. */
  | { state: 'conflict'; both: ContentField[]; theirs: ContentField[] };

export function standing(base: RuleContent, mine: RuleContent, stored: RuleContent): Standing {
  const theirs = changedFields(base, stored);
  if (theirs.length === 0) return { state: 'same' };
  const own = changedFields(base, mine);
  if (own.length === 0) return { state: 'behind' };
  const both = own.filter((name) => theirs.includes(name) && changedFields(mine, stored).includes(name));
  return both.length === 0 ? { state: 'apart', theirs } : { state: 'conflict', both, theirs };
}

/** What is stored now with the fields that were written here on top of it. */
export function keepMine(base: RuleContent, mine: RuleContent, stored: RuleContent): RuleContent {
  const own = changedFields(base, mine);
  return { ...stored, ...Object.fromEntries(own.map((name) => [name, mine[name]])) };
}
