import { parseExpression } from '../../values/evaluateExpression.ts';
import { templateVariables } from '../../values/renderTemplate.ts';
import type { Json } from '../../../../kernel/json.ts';
import type { Variables } from './knownVariables.ts';
import type { Report } from './ruleProblem.ts';

/** Whether a text has parts that are filled in when the rule runs. */
export function isTemplate(source: string): boolean {
  return source.includes('{{') || source.includes('{%');
}

/** A template: can it be parsed, does it name what is there, does it show what it must not? */
export function checkTemplate(source: string, path: string, variables: Variables, report: Report): void {
  if (!isTemplate(source)) return;
  const names = templateVariables(source);
  if (!names.ok) {
    const { message, line, column } = names.error;
    report('error', path, 'bad_template', { message, line, column });
    return;
  }
  for (const name of names.value) {
    if (variables.isSecret(name)) report('warning', path, 'secret_in_template', { name });
    else if (variables.typeOf(name) === 'unknown') report('warning', path, 'unknown_variable', { name });
  }
}

/** All templates inside a value. */
export function checkTemplatesIn(value: Json, path: string, variables: Variables, report: Report): void {
  if (typeof value === 'string') checkTemplate(value, path, variables, report);
  else if (typeof value === 'object' && value !== null)
    for (const [key, held] of Object.entries(value)) checkTemplatesIn(held, `${path}.${key}`, variables, report);
}

/** A template that must not be empty. @returns whether there is something */
export function checkRequired(source: string, path: string, variables: Variables, report: Report): boolean {
  if (source.trim() === '') {
    report('error', path, 'missing_value');
    return false;
  }
  checkTemplate(source, path, variables, report);
  return true;
}

export function checkExpression(source: string, path: string, report: Report): void {
  if (source.trim() === '') {
    report('error', path, 'missing_value');
    return;
  }
  const expression = parseExpression(source);
  if (expression.ok) return;
  report('error', path, 'bad_expression', { message: expression.error.message, position: expression.error.position });
}
