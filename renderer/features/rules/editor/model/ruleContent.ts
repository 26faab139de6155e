import * as z from 'zod';
import { jsonEqual } from '#shared/kernel/json.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { conditionOperators } from '#shared/resources/automation/condition.ts';
import type { Comparison, ConditionGroup } from '#shared/resources/automation/condition.ts';
import { rule } from '#shared/resources/automation/rule.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';

/** What people decide about a rule: everything but the fields that only the server writes. */
export type RuleContent = Pick<
  Rule['body'],
  | 'name'
  | 'description'
  | 'isActive'
  | 'trigger'
  | 'conditions'
  | 'steps'
  | 'priority'
  | 'executionLimit'
  | 'cooldownSeconds'
  | 'concurrency'
  | 'maxParallel'
  | 'keepSkipped'
  | 'tags'
>;
export type ContentField = keyof RuleContent;

const shape = rule.body.shape;

/** Conditions as they are while they are written: a comparison may have no field yet. */
const writtenConditions: z.ZodType<ConditionGroup> = z.object({
  type: z.literal('group'),
  match: z.enum(['and', 'or', 'not']),
  get conditions() {
    return z.array(z.union([writtenConditions, writtenComparison]));
  },
});
const writtenComparison: z.ZodType<Comparison> = z.object({
  type: z.literal('comparison'),
  field: z.string(),
  operator: z.enum(conditionOperators),
  value: z.json().optional(),
  valueSource: z.enum(['value', 'field']).optional(),
});

/** While a rule is written its texts may be empty and its steps unfinished; only the outline has to be right. */
export const ruleContentSchema: z.ZodType<RuleContent> = z.object({
  name: z.string(),
  description: z.string(),
  isActive: shape.isActive,
  trigger: z.looseObject({ type: z.string() }) as unknown as typeof shape.trigger,
  conditions: writtenConditions,
  steps: z.array(
    z.looseObject({ id: z.string(), name: z.string(), type: z.string() }),
  ) as unknown as typeof shape.steps,
  priority: z.number(),
  executionLimit: z.number(),
  cooldownSeconds: z.number(),
  concurrency: shape.concurrency,
  maxParallel: z.number(),
  keepSkipped: shape.keepSkipped,
  tags: z.array(z.string()),
});

export const contentFields: readonly ContentField[] = [
  'name',
  'description',
  'isActive',
  'trigger',
  'conditions',
  'steps',
  'priority',
  'executionLimit',
  'cooldownSeconds',
  'concurrency',
  'maxParallel',
  'keepSkipped',
  'tags',
];

/** A rule nobody has written yet: it waits for a person to start it. */
export const emptyContent: RuleContent = {
  name: '',
  description: '',
  isActive: false,
  trigger: { type: 'manual' },
  conditions: { type: 'group', match: 'and', conditions: [] },
  steps: [],
  priority: 0,
  executionLimit: 0,
  cooldownSeconds: 0,
  concurrency: 'parallel',
  maxParallel: 0,
  keepSkipped: true,
  tags: [],
};

/** What people decided in a stored rule or a template; what a field lacks or holds wrong is as in an empty rule. */
export function contentOf(body: JsonObject): RuleContent {
  const parsed = rule.body.safeParse({ ...body, name: body['name'] === '' ? '-' : body['name'] });
  if (parsed.success) return pickContent({ ...parsed.data, name: String(body['name'] ?? '') });
  return contentFields.reduce<RuleContent>((content, name) => {
    const next = ruleContentSchema.safeParse({ ...content, [name]: body[name] });
    return next.success ? next.data : content;
  }, emptyContent);
}

function pickContent(content: RuleContent): RuleContent {
  const picked = Object.fromEntries(contentFields.map((name) => [name, content[name]]));
  return picked as unknown as RuleContent;
}

export function contentOfRecord(record: RecordEnvelope): RuleContent {
  return contentOf(record.body);
}

/** The fields in which two states differ. */
export function changedFields(from: RuleContent, to: RuleContent): ContentField[] {
  return contentFields.filter((name) => !jsonEqual(from[name], to[name]));
}

/** The fields that differ, as an edit of the record holds them. */
export function contentPatch(from: RuleContent, to: RuleContent): JsonObject {
  return Object.fromEntries(changedFields(from, to).map((name) => [name, to[name] as unknown as Json]));
}
