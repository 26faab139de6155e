import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

/** The event of a test, as it would come over HTTP. */
export const testEventSchema = z.object({
  module: z.string().max(60),
  code: z.string().max(100),
  tenantId: z.string().max(64).default(''),
  entityType: z.string().max(60).default(''),
  entityId: z.string().max(64).default(''),
  data: z.record(z.string(), z.json()).default({}),
  /** ISO 8601; '' = when the test runs. */
  occurredAt: z.string().max(40).default(''),
});
export type TestEvent = z.infer<typeof testEventSchema>;

const expectationSchema = z.object({
  matches: z.boolean(),
  /** Ids of the steps that run, in order; undefined = not checked. */
  steps: z.array(z.string().max(64)).max(300).optional(),
  /** Texts that the rendered actions must hold. */
  renders: z
    .array(z.object({ stepId: z.string().max(64), contains: z.string().max(2000) }))
    .max(50)
    .optional(),
});
export type TestExpectation = z.infer<typeof expectationSchema>;

/** A saved test event of a rule and what must come of it; run on every save of the rule. */
export const ruleTest = defineResource({
  kind: 'ruleTest',
  collection: 'automation',
  permission: 'automation',
  scope: 'tenant-or-platform',
  writer: 'console',
  body: z.object({
    ruleId: field.reference('rule'),
    name: field.text({ min: 1 }),
    event: field.json(testEventSchema),
    /** The record the event is about, where the rule looks at it: a whole record, or empty. */
    record: field.jsonObject().default({}),
    expected: field.json(expectationSchema),
  }),
  personalFields: ['event', 'record'],
  list: {
    columns: [
      { path: 'body.name', width: 260 },
      { path: 'body.ruleId', width: 220 },
      { path: 'tenantId', width: 160 },
      { path: 'updatedAt', width: 130 },
    ],
    defaultSort: 'body.name',
    search: ['name'],
    lookups: ['body.ruleId'],
  },
  title: (record) => record.body.name,
});
export type RuleTest = RecordOf<typeof ruleTest>;
