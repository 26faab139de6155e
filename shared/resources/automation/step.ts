import * as z from 'zod';
import { customIssue } from '../../kernel/sentences/issueSaying.ts';
import { saying } from '../../kernel/sentences/sentence.ts';
import { conditionGroupSchema } from './condition.ts';
import type { ConditionGroup } from './condition.ts';
import { ruleLimits } from './limits.ts';

const common = {
  id: z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/),
  name: z.string().min(1).max(200),
  /** Waits so long before the step begins. */
  delayMinutes: z.int().min(0).max(525_600).default(0),
  /** `max` = further attempts after the first. The pause doubles each time, with jitter. */
  retry: z
    .object({ max: z.int().min(0).max(3), backoffSeconds: z.int().min(1).max(86_400) })
    .default({ max: 3, backoffSeconds: 30 }),
  /** 'branch' runs `errorSteps` and then goes on after this step. */
  onError: z.enum(['stop', 'continue', 'branch']).default('stop'),
};
const text = (max = 2000) => z.string().max(max);
const template = () => z.string().max(ruleLimits.template);
const settings = () => z.record(z.string(), z.json());

export const actionNames = [
  'update_field',
  'create_entity',
  'assign_user',
  'add_tag',
  'remove_tag',
  'enrol_user',
  'update_status',
  'create_task',
  'emit_event',
] as const;
export type ActionName = (typeof actionNames)[number];

const simpleSteps = [
  z.object({
    ...common,
    type: z.literal('email'),
    /** Recipients, rendered, with commas between them. */
    to: text(),
    cc: text().default(''),
    replyTo: text(400).default(''),
    subject: text(400),
    format: z.enum(['text', 'html']).default('text'),
    template: template(),
  }),
  z.object({
    ...common,
    type: z.literal('action'),
    action: z.enum(actionNames),
    /** Shape by action: shared/domain/automation/steps/actionSettings.ts. Texts in it are templates. */
    settings: settings(),
  }),
  z.object({
    ...common,
    type: z.literal('meeting'),
    title: text(400),
    attendees: text(),
    startsAt: text(400),
    durationMinutes: z.int().min(5).max(1440),
    location: text(400).default(''),
    description: text(10_000).default(''),
  }),
  z.object({
    ...common,
    type: z.literal('wait'),
    until: z.discriminatedUnion('for', [
      z.object({ for: z.literal('duration'), minutes: z.int().min(1).max(525_600) }),
      z.object({ for: z.literal('date'), at: text(400) }),
      z.object({
        for: z.literal('event'),
        pattern: text(200),
        timeoutMinutes: z.int().min(1).max(525_600),
        /** Which events end the wait: of the run's tenant, about the same entity, or any. */
        about: z.enum(['tenant', 'entity', 'any']).default('tenant'),
      }),
    ]),
  }),
  z.object({
    ...common,
    type: z.literal('webhook'),
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
    url: text(),
    headers: z.record(z.string().max(200), text()).default({}),
    body: template().default(''),
    /** Name of the server's secret that signs the request; '' = not signed. */
    secret: text(100).default(''),
  }),
  z.object({
    ...common,
    type: z.literal('notification'),
    /** `role:<key>`, `staff:<id>` or `assignee`, rendered, with commas between them. */
    to: text(400),
    subject: text(400),
    message: text(10_000),
    level: z.enum(['info', 'warning', 'critical']).default('info'),
  }),
  z.object({
    ...common,
    type: z.literal('approval'),
    /** Permission that the person who decides must hold. */
    permission: text(80),
    question: text(),
    /** 0 = never. */
    escalateAfterMinutes: z.int().min(0).max(525_600).default(0),
    /** Key of the role that hears of it then. */
    escalateTo: text(80).default(''),
    /** 0 = never. */
    expireAfterMinutes: z.int().min(0).max(525_600).default(0),
    /** 'continue' leaves the answer to later steps: `steps.<id>.output.approved`. */
    onReject: z.enum(['stop', 'continue']).default('stop'),
  }),
  z.object({
    ...common,
    type: z.literal('transform'),
    /** JSONata by variable; each sees those before it under `vars`. */
    variables: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/), text(ruleLimits.expression)),
  }),
  z.object({ ...common, type: z.literal('runJob'), job: text(100), settings: settings().default({}) }),
  z.object({
    ...common,
    type: z.literal('pluginAction'),
    plugin: text(60),
    action: text(100),
    settings: settings().default({}),
  }),
] as const;

const conditionStep = z.object({
  ...common,
  type: z.literal('condition'),
  conditions: conditionGroupSchema,
  get then() {
    return z.array(nestedStepSchema).max(100);
  },
  get otherwise() {
    return z.array(nestedStepSchema).max(100);
  },
});
const loopStep = z.object({
  ...common,
  type: z.literal('loop'),
  /** JSONata that gives the list. Inside, `loop.item` and `loop.index` are known. */
  over: text(400),
  /** Items beyond it are left out, and the run says so. */
  cap: z.int().min(1).max(10_000),
  get steps() {
    return z.array(nestedStepSchema).max(100);
  },
});
const decisionStep = z.object({
  ...common,
  type: z.literal('aiDecision'),
  question: template(),
  timeoutSeconds: z.int().min(1).max(600),
  options: z
    .array(
      z.object({
        id: z.string().min(1).max(64),
        label: text(200),
        get steps() {
          return z.array(nestedStepSchema).max(100);
        },
      }),
    )
    .min(1)
    .max(20),
  /** Runs when no model is configured, none answers in time, or the answer names no option. */
  get fallback() {
    return z.array(nestedStepSchema).max(100);
  },
});

interface StepCommon {
  id: string;
  name: string;
  delayMinutes: number;
  retry: { max: number; backoffSeconds: number };
  onError: 'stop' | 'continue' | 'branch';
  errorSteps?: Step[] | undefined;
}

type WithErrorSteps<One> = One extends unknown ? One & { errorSteps?: Step[] | undefined } : never;

/** One step of a rule; branches and loops hold further steps. */
export type Step =
  | WithErrorSteps<z.infer<(typeof simpleSteps)[number]>>
  | (StepCommon & { type: 'condition'; conditions: ConditionGroup; then: Step[]; otherwise: Step[] })
  | (StepCommon & { type: 'loop'; over: string; cap: number; steps: Step[] })
  | (StepCommon & {
      type: 'aiDecision';
      question: string;
      timeoutSeconds: number;
      options: { id: string; label: string; steps: Step[] }[];
      fallback: Step[];
    });
export type StepType = Step['type'];
export type StepOf<Type extends StepType> = Extract<Step, { type: Type }>;

const nestedStepSchema: z.ZodType<Step> = z.lazy(() => {
  const errorSteps = z.array(nestedStepSchema).max(100).optional();
  const [first, ...others] = [...simpleSteps, conditionStep, loopStep, decisionStep].map((one) =>
    one.extend({ errorSteps }),
  );
  return z.discriminatedUnion('type', [first!, ...others]);
});

/** A list of steps inside a step, with the name under which it hangs there: `then`, `options.1.steps`. */
export interface StepBranch {
  name: string;
  steps: readonly Step[];
}

/** The lists inside a step, in their order; those for its error last. */
export function branchesOf(step: Step): StepBranch[] {
  const own = ownBranchesOf(step);
  return step.errorSteps ? [...own, { name: 'errorSteps', steps: step.errorSteps }] : own;
}

function ownBranchesOf(step: Step): StepBranch[] {
  if (step.type === 'condition')
    return [
      { name: 'then', steps: step.then },
      { name: 'otherwise', steps: step.otherwise },
    ];
  if (step.type === 'loop') return [{ name: 'steps', steps: step.steps }];
  if (step.type !== 'aiDecision') return [];
  return [
    ...step.options.map((option, index) => ({ name: `options.${index}.steps`, steps: option.steps })),
    { name: 'fallback', steps: step.fallback },
  ];
}

/** The steps of a rule. Ids are unique over all branches, so that `steps.<id>.output` names one step. */
export const stepsSchema: z.ZodType<Step[]> = z
  .array(nestedStepSchema)
  .max(100)
  .superRefine((steps, context) => {
    const seen = new Set<string>();
    let count = 0;
    const walk = (list: readonly Step[], path: (string | number)[], depth: number): void => {
      if (depth > ruleLimits.stepDepth) {
        const says = saying('steps_too_deep', { limit: ruleLimits.stepDepth });
        context.addIssue({ code: 'custom', path, ...customIssue(says) });
        return;
      }
      list.forEach((step, index) => {
        const here = [...path, index];
        if (++count === ruleLimits.steps + 1) {
          const says = saying('too_many_steps', { limit: ruleLimits.steps });
          context.addIssue({ code: 'custom', path: here, ...customIssue(says) });
        }
        if (seen.has(step.id)) {
          const says = saying('step_id_twice', { id: step.id });
          context.addIssue({ code: 'custom', path: [...here, 'id'], ...customIssue(says) });
        }
        seen.add(step.id);
        for (const branch of branchesOf(step)) walk(branch.steps, [...here, ...branch.name.split('.')], depth + 1);
      });
    };
    walk(steps, [], 0);
  });
