import * as z from 'zod';
import { customIssue } from '../../../kernel/sentences/issueSaying.ts';
import { saying } from '../../../kernel/sentences/sentence.ts';
import type { ActionName } from '../../../resources/automation/step.ts';

const text = (max = 2000) => z.string().max(max);
/** Another record than the one the event is about; `id` is a template. */
const otherRecord = { kind: text(40).optional(), id: text(400).optional() };
const tags = {
  ...otherRecord,
  tag: text(200).optional(),
  tags: z.array(text(200)).max(50).optional(),
  /** A list of texts in the record's body. */
  field: z.string().min(1).max(100).default('tags'),
};
const hasTags = (settings: { tag?: string | undefined; tags?: string[] | undefined }) =>
  settings.tag !== undefined || (settings.tags?.length ?? 0) > 0;
const missingTag = { path: ['tag'], ...customIssue(saying('tag_missing')) };

/**
 * The settings of each action. Texts are Liquid templates; in `value`, `fields` and `data` a text that is one
 * `{{ expression }}` and nothing else keeps the type of what it gives: number, flag, list or object.
 */
export const actionSettings = {
  update_field: z.strictObject({
    ...otherRecord,
    /** Path in the record: `assignedTo`, `plan`, `body.plan`. */
    field: z.string().min(1).max(200),
    value: z.json(),
  }),
  create_entity: z.strictObject({
    kind: z.string().min(1).max(40),
    /** Template; the event's tenant when not given. */
    tenantId: text(400).optional(),
    assignedTo: text(400).default(''),
    fields: z.record(z.string().min(1).max(100), z.json()),
  }),
  assign_user: z.discriminatedUnion('strategy', [
    z.strictObject({ ...otherRecord, strategy: z.literal('fixed'), staffId: z.string().min(1).max(400) }),
    z.strictObject({ ...otherRecord, strategy: z.literal('round_robin'), role: z.string().min(1).max(80) }),
    z.strictObject({ ...otherRecord, strategy: z.literal('least_loaded'), role: z.string().min(1).max(80) }),
  ]),
  add_tag: z.strictObject(tags).refine(hasTags, missingTag),
  remove_tag: z.strictObject(tags).refine(hasTags, missingTag),
  enrol_user: z.strictObject({
    userId: z.string().min(1).max(400),
    courseId: z.string().min(1).max(400),
    title: text(400).default(''),
  }),
  update_status: z.strictObject({ ...otherRecord, status: z.string().min(1).max(400), reason: text().default('') }),
  create_task: z.strictObject({
    title: z.string().min(1).max(400),
    description: text(10_000).default(''),
    /** low, normal, high, urgent, or a template that gives one of them. */
    priority: text(400).default('normal'),
    /** Days from now, or a template that gives a number; '' = no date. */
    dueInDays: z.union([z.number().min(0).max(3650), text(400)]).default(''),
    assignedTo: text(400).default(''),
    /** Where nobody is named: whoever of the role has least to do. */
    role: text(80).default(''),
  }),
  emit_event: z.strictObject({
    /** `module.code`. */
    event: z
      .string()
      .regex(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$/, 'write a module and a code, such as crm.customer.created'),
    data: z.record(z.string().max(200), z.json()).default({}),
    entityType: text(400).optional(),
    entityId: text(400).optional(),
  }),
} as const satisfies Record<ActionName, z.ZodType>;

export type ActionSettings<Name extends ActionName> = z.infer<(typeof actionSettings)[Name]>;
