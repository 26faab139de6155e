import * as z from 'zod';
import { unreachable } from '../../../kernel/exhaustive.ts';
import type { Json, JsonObject } from '../../../kernel/json.ts';
import { failure, success } from '../../../kernel/result.ts';
import type { Result } from '../../../kernel/result.ts';
import type { Step, StepOf } from '../../../resources/automation/step.ts';
import { compileConditions, explainConditions } from '../conditions/evaluateConditions.ts';
import type { Scope } from '../scope.ts';
import { scopeView } from '../scopeView.ts';
import { evaluateExpression } from '../values/evaluateExpression.ts';
import { instantOf } from '../values/instant.ts';
import { prepareAction } from './prepareAction.ts';
import type { Preparation, PreparedStep, StepFault } from './preparedStep.ts';
import { emailAddresses, someEmailAddresses, staffRecipients } from './recipients.ts';
import { createRenderer, PreparationFault } from './renderer.ts';
import type { Renderer } from './renderer.ts';

export interface PrepareSources {
  /** Monotonic milliseconds, for the bound on the time of expressions. */
  clock?: () => number;
}

const urlSchema = z.url({ protocol: /^https?$/ }).max(2000);
const minute = 60_000;

/**
 * Renders a step into what it asks for. Reads nothing but the scope, changes nothing, never rejects for what a rule or its
 * data hold: server and simulator show and do the same.
 */
export async function prepareStep(
  step: Step,
  scope: Scope,
  sources: PrepareSources = {},
): Promise<Result<Preparation, StepFault>> {
  const render = createRenderer(scopeView(scope));
  try {
    const prepared = await prepare(step, scope, render, sources);
    return success({ prepared, unknownVariables: render.unknownVariables() });
  } catch (error) {
    if (error instanceof PreparationFault) return failure(error.fault);
    throw error;
  }
}

async function prepare(step: Step, scope: Scope, render: Renderer, sources: PrepareSources): Promise<PreparedStep> {
  switch (step.type) {
    case 'email':
      return {
        type: 'email',
        to: someEmailAddresses(render.text(step.to, 'to'), 'to'),
        cc: emailAddresses(render.text(step.cc, 'cc'), 'cc'),
        replyTo: emailAddresses(render.text(step.replyTo, 'replyTo'), 'replyTo')[0] ?? '',
        subject: render.line(step.subject, 'subject'),
        format: step.format,
        body: render.text(step.template, 'template', step.format === 'html' ? 'html' : 'none'),
      };
    case 'action':
      return prepareAction(step, scope, render);
    case 'meeting':
      return {
        type: 'meeting',
        title: render.line(step.title, 'title'),
        attendees: someEmailAddresses(render.text(step.attendees, 'attendees'), 'attendees'),
        startsAt: instant(render.line(step.startsAt, 'startsAt'), 'startsAt'),
        durationMinutes: step.durationMinutes,
        location: render.line(step.location, 'location'),
        description: render.text(step.description, 'description'),
      };
    case 'wait':
      return prepareWait(step, scope, render);
    case 'webhook':
      return prepareWebhook(step, render);
    case 'notification':
      return {
        type: 'notification',
        to: staffRecipients(render.text(step.to, 'to'), 'to', scope),
        subject: render.line(step.subject, 'subject'),
        message: render.text(step.message, 'message'),
        level: step.level,
      };
    case 'approval':
      return {
        type: 'approval',
        permission: step.permission,
        question: render.text(step.question, 'question').trim(),
        escalateAfterMinutes: step.escalateAfterMinutes,
        escalateTo: step.escalateTo,
        expireAfterMinutes: step.expireAfterMinutes,
        onReject: step.onReject,
      };
    case 'condition': {
      const explanation = explainConditions(compileConditions(step.conditions), render.view);
      return {
        type: 'takeBranch',
        branch: explanation.holds ? 'then' : 'otherwise',
        explanation: plainJson(explanation.decidedBy ?? null),
      };
    }
    case 'loop': {
      const found = await evaluate(step.over, 'over', render, sources);
      const items = Array.isArray(found) ? found : found === null ? [] : [found];
      return { type: 'repeat', items: items.slice(0, step.cap), leftOut: Math.max(0, items.length - step.cap) };
    }
    case 'aiDecision':
      return {
        type: 'askModel',
        question: render.text(step.question, 'question'),
        options: step.options.map(({ id, label }) => ({ id, label })),
        timeoutSeconds: step.timeoutSeconds,
      };
    case 'transform': {
      const variables: JsonObject = {};
      for (const [name, expression] of Object.entries(step.variables)) {
        const view = { ...render.view, vars: { ...scope.vars, ...variables } };
        variables[name] = await evaluate(expression, `variables.${name}`, { view }, sources);
      }
      return { type: 'setVariables', variables };
    }
    case 'runJob':
      return { type: 'runJob', job: step.job, settings: render.object(step.settings, 'settings') };
    case 'pluginAction':
      return {
        type: 'pluginAction',
        plugin: step.plugin,
        action: step.action,
        settings: render.object(step.settings, 'settings'),
      };
    default:
      return unreachable(step);
  }
}

function prepareWait({ until }: StepOf<'wait'>, scope: Scope, render: Renderer): PreparedStep {
  const after = (minutes: number) => new Date(Date.parse(scope.now) + minutes * minute).toISOString();
  switch (until.for) {
    case 'duration':
      return { type: 'waitUntil', until: after(until.minutes) };
    case 'date':
      return { type: 'waitUntil', until: instant(render.line(until.at, 'until.at'), 'until.at') };
    case 'event':
      return {
        type: 'waitForEvent',
        pattern: until.pattern,
        until: after(until.timeoutMinutes),
        about: until.about,
      };
    default:
      return unreachable(until);
  }
}

function prepareWebhook(step: StepOf<'webhook'>, render: Renderer): PreparedStep {
  const url = render.line(step.url, 'url');
  if (!urlSchema.safeParse(url).success)
    throw new PreparationFault('url', `'${url.slice(0, 200)}' is not an address that begins with http:// or https://`);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(step.headers)) {
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name))
      throw new PreparationFault(`headers.${name}`, `'${name}' cannot be the name of a header`);
    headers[name] = render.line(value, `headers.${name}`);
  }
  return {
    type: 'webhook',
    method: step.method,
    url,
    headers,
    body: render.text(step.body, 'body'),
    secret: step.secret,
  };
}

async function evaluate(
  source: string,
  path: string,
  { view }: Pick<Renderer, 'view'>,
  sources: PrepareSources,
): Promise<Json> {
  const result = await evaluateExpression(source, view, sources.clock ? { clock: sources.clock } : {});
  if (result.ok) return result.value;
  throw new PreparationFault(path, `at character ${result.error.position}: ${result.error.message}`);
}

function instant(rendered: string, path: string): string {
  const at = instantOf(rendered);
  if (at === undefined)
    throw new PreparationFault(path, `'${rendered.slice(0, 100)}' is not a date; write it like 2026-03-01T09:30:00Z`);
  return new Date(at).toISOString();
}

/** Without the fields that are undefined, which JSON does not know. */
function plainJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
