import type { Rule } from '../../../../resources/automation/rule.ts';
import { branchesOf } from '../../../../resources/automation/step.ts';
import type { Step, StepOf } from '../../../../resources/automation/step.ts';
import { mostSteps } from '../../run/advance.ts';
import { emailAddresses } from '../../steps/recipients.ts';
import { instantOf } from '../../values/instant.ts';
import { checkAction } from './checkAction.ts';
import { checkConditions } from './checkConditions.ts';
import { checkExpression, checkRequired, checkTemplate, checkTemplatesIn, isTemplate } from './checkTexts.ts';
import { checkPattern } from './checkTrigger.ts';
import type { StepVariables, Variables } from './knownVariables.ts';
import type { Report, RuleKnowledge } from './ruleProblem.ts';

/** Names of headers that carry a key. */
const secretHeader = /authorization|api[-_]?key|token|secret|cookie/i;

/** What is wrong with the steps of a rule, in the order in which they run. */
export function checkSteps(body: Rule['body'], knowledge: RuleKnowledge, variables: Variables, report: Report): void {
  const before: StepVariables = { steps: [], vars: [], insideLoop: false };
  walk(body.steps, 'steps', { before, rounds: 1 }, knowledge, variables, report);
}

/** Checks a list and answers what is known after it. */
function walk(
  steps: readonly Step[],
  path: string,
  place: { before: StepVariables; rounds: number },
  knowledge: RuleKnowledge,
  variables: Variables,
  report: Report,
): StepVariables {
  let known = place.before;
  steps.forEach((step, index) => {
    const here = `${path}.${index}`;
    checkStep(step, here, knowledge, variables.with(known), report);
    const rounds = step.type === 'loop' ? place.rounds * step.cap : place.rounds;
    if (step.type === 'loop' && step.steps.length > 0 && rounds > mostSteps)
      report('error', `${here}.cap`, 'too_many_rounds', { rounds, limit: mostSteps });
    const own = step.type === 'transform' ? Object.keys(step.variables) : [];
    known = { ...known, steps: [...known.steps, step.id], vars: [...known.vars, ...own] };
    for (const branch of branchesOf(step)) {
      const insideLoop = known.insideLoop || (step.type === 'loop' && branch.name === 'steps');
      const inner = { before: { ...known, insideLoop }, rounds: branch.name === 'steps' ? rounds : place.rounds };
      const after = walk(branch.steps, `${here}.${branch.name}`, inner, knowledge, variables, report);
      known = { ...after, insideLoop: known.insideLoop };
    }
    if (step.onError === 'branch' && !step.errorSteps?.length)
      report('warning', `${here}.errorSteps`, 'no_error_steps');
  });
  return known;
}

function checkStep(step: Step, path: string, knowledge: RuleKnowledge, variables: Variables, report: Report): void {
  const required = (source: string, name: string) => checkRequired(source, `${path}.${name}`, variables, report);
  const optional = (source: string, name: string) => checkTemplate(source, `${path}.${name}`, variables, report);
  switch (step.type) {
    case 'email':
      for (const name of ['to', 'cc', 'replyTo'] as const) checkAddresses(step[name], `${path}.${name}`, report);
      required(step.to, 'to');
      optional(step.cc, 'cc');
      optional(step.replyTo, 'replyTo');
      required(step.subject, 'subject');
      required(step.template, 'template');
      return;
    case 'action':
      checkAction(step, path, knowledge, variables, report);
      return;
    case 'meeting':
      required(step.title, 'title');
      if (required(step.attendees, 'attendees')) checkAddresses(step.attendees, `${path}.attendees`, report);
      if (required(step.startsAt, 'startsAt')) checkDate(step.startsAt, `${path}.startsAt`, report);
      optional(step.location, 'location');
      optional(step.description, 'description');
      return;
    case 'wait':
      if (step.until.for === 'event') checkPattern(step.until.pattern, `${path}.until.pattern`, knowledge, report);
      else if (step.until.for === 'date' && required(step.until.at, 'until.at'))
        checkDate(step.until.at, `${path}.until.at`, report);
      return;
    case 'webhook':
      checkWebhook(step, path, variables, report);
      return;
    case 'notification':
      if (required(step.to, 'to')) checkStaff(step.to, `${path}.to`, report);
      required(step.subject, 'subject');
      optional(step.message, 'message');
      return;
    case 'approval':
      required(step.question, 'question');
      checkPermission(step.permission, `${path}.permission`, knowledge, report);
      return;
    case 'condition':
      checkConditions(step.conditions, `${path}.conditions`, variables, report);
      if (step.then.length === 0 && step.otherwise.length === 0) report('hint', path, 'empty_branches');
      return;
    case 'loop':
      checkExpression(step.over, `${path}.over`, report);
      if (step.steps.length === 0) report('hint', path, 'empty_branches');
      return;
    case 'aiDecision':
      required(step.question, 'question');
      return;
    case 'transform':
      for (const [name, source] of Object.entries(step.variables))
        checkExpression(source, `${path}.variables.${name}`, report);
      return;
    case 'runJob':
      if (step.job.trim() === '') report('error', `${path}.job`, 'missing_value');
      checkTemplatesIn(step.settings, `${path}.settings`, variables, report);
      return;
    case 'pluginAction':
      for (const name of ['plugin', 'action'] as const)
        if (step[name].trim() === '') report('error', `${path}.${name}`, 'missing_value');
      checkTemplatesIn(step.settings, `${path}.settings`, variables, report);
  }
}

function checkWebhook(step: StepOf<'webhook'>, path: string, variables: Variables, report: Report): void {
  const filled = checkRequired(step.url, `${path}.url`, variables, report);
  if (filled && !/^https?:\/\/[^\s/]/.test(step.url) && !/^\s*\{[{%]/.test(step.url))
    report('error', `${path}.url`, 'bad_url', { found: step.url });
  for (const [name, value] of Object.entries(step.headers)) {
    const here = `${path}.headers.${name}`;
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) report('error', here, 'bad_header', { found: name });
    checkTemplate(value, here, variables, report);
    if (secretHeader.test(name) && value !== '' && !isTemplate(value))
      report('warning', here, 'secret_in_text', { name });
  }
  checkTemplate(step.body, `${path}.body`, variables, report);
}

function checkAddresses(source: string, path: string, report: Report): void {
  if (isTemplate(source)) return;
  try {
    emailAddresses(source, path);
  } catch {
    report('error', path, 'bad_email', { found: source.slice(0, 200) });
  }
}

function checkStaff(source: string, path: string, report: Report): void {
  if (isTemplate(source)) return;
  const wrong = source
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .find((part) => part !== '' && part !== 'assignee' && !/^(role|staff):[^\s:]{1,80}$/.test(part));
  if (wrong !== undefined) report('error', path, 'bad_recipient', { found: wrong });
}

function checkDate(source: string, path: string, report: Report): void {
  if (!isTemplate(source) && instantOf(source.trim()) === undefined)
    report('error', path, 'bad_date', { found: source });
}

function checkPermission(permission: string, path: string, { resources }: RuleKnowledge, report: Report): void {
  if (permission.trim() === '') {
    report('error', path, 'missing_value');
    return;
  }
  const [resource = '', verb = ''] = permission.split('.');
  if (verb === '' || !resources.some((one) => one.permission === resource))
    report('warning', path, 'unknown_permission', { permission });
}
