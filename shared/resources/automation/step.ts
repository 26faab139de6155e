import * as z from 'zod';
import { conditionGroupSchema } from './condition.ts';
import type { ConditionGroup } from './condition.ts';

const common = {
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(200),
  delayMinutes: z.int().min(0).max(525_600).default(0),
  retry: z
    .object({ max: z.int().min(0).max(3), backoffSeconds: z.int().min(1).max(86_400) })
    .default({ max: 3, backoffSeconds: 30 }),
  onError: z.enum(['stop', 'continue', 'branch']).default('stop'),
};
const text = (max = 2000) => z.string().max(max);

const simpleSteps = [
  z.object({ ...common, type: z.literal('email'), to: text(), subject: text(400), template: text(20_000) }),
  z.object({
    ...common,
    type: z.literal('action'),
    action: z.enum([
      'update_field',
      'create_entity',
      'assign_user',
      'add_tag',
      'remove_tag',
      'enrol_user',
      'update_status',
      'create_task',
    ]),
    settings: z.record(z.string(), z.json()),
  }),
  z.object({
    ...common,
    type: z.literal('meeting'),
    title: text(400),
    attendees: text(),
    startsAt: text(400),
    durationMinutes: z.int().min(5).max(1440),
  }),
  z.object({
    ...common,
    type: z.literal('wait'),
    until: z.discriminatedUnion('for', [
      z.object({ for: z.literal('duration'), minutes: z.int().min(1) }),
      z.object({ for: z.literal('date'), at: text(400) }),
      z.object({ for: z.literal('event'), pattern: text(200), timeoutMinutes: z.int().min(1) }),
    ]),
  }),
  z.object({
    ...common,
    type: z.literal('webhook'),
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
    url: text(),
    headers: z.record(z.string(), z.string()).default({}),
    body: text(20_000).default(''),
  }),
  z.object({ ...common, type: z.literal('notification'), to: text(400), subject: text(400), message: text() }),
  z.object({
    ...common,
    type: z.literal('approval'),
    permission: text(80),
    question: text(),
    escalateAfterMinutes: z.int().min(0).default(0),
  }),
  z.object({ ...common, type: z.literal('transform'), variables: z.record(z.string(), text(10_000)) }),
  z.object({
    ...common,
    type: z.literal('runJob'),
    job: text(100),
    settings: z.record(z.string(), z.json()).default({}),
  }),
  z.object({
    ...common,
    type: z.literal('pluginAction'),
    plugin: text(60),
    action: text(100),
    settings: z.record(z.string(), z.json()).default({}),
  }),
] as const;

const conditionStep = z.object({
  ...common,
  type: z.literal('condition'),
  conditions: conditionGroupSchema,
  get then() {
    return z.array(stepSchema).max(100);
  },
  get otherwise() {
    return z.array(stepSchema).max(100);
  },
});
const loopStep = z.object({
  ...common,
  type: z.literal('loop'),
  over: text(400),
  cap: z.int().min(1).max(10_000),
  get steps() {
    return z.array(stepSchema).max(100);
  },
});
const decisionStep = z.object({
  ...common,
  type: z.literal('aiDecision'),
  question: text(10_000),
  timeoutSeconds: z.int().min(1).max(600),
  options: z
    .array(
      z.object({
        id: z.string().min(1).max(64),
        label: text(200),
        get steps() {
          return z.array(stepSchema).max(100);
        },
      }),
    )
    .min(1)
    .max(20),
  get fallback() {
    return z.array(stepSchema).max(100);
  },
});

interface StepCommon {
  id: string;
  name: string;
  delayMinutes: number;
  retry: { max: number; backoffSeconds: number };
  onError: 'stop' | 'continue' | 'branch';
}

/** One step of a rule; branches and loops hold further steps. */
export type Step =
  | z.infer<(typeof simpleSteps)[number]>
  | (StepCommon & { type: 'condition'; conditions: ConditionGroup; then: Step[]; otherwise: Step[] })
  | (StepCommon & { type: 'loop'; over: string; cap: number; steps: Step[] })
  | (StepCommon & {
      type: 'aiDecision';
      question: string;
      timeoutSeconds: number;
      options: { id: string; label: string; steps: Step[] }[];
      fallback: Step[];
    });

export const stepSchema: z.ZodType<Step> = z.lazy(() =>
  z.discriminatedUnion('type', [...simpleSteps, conditionStep, loopStep, decisionStep]),
);
