import { parseTemplate, templateVariables } from '#shared/domain/automation/values/renderTemplate.ts';
import type { TemplateProblem } from '#shared/domain/automation/values/renderTemplate.ts';
import { isKnownPath } from './scopeVariables.ts';
import type { ScopeVariable } from './scopeVariables.ts';

/** A stretch of a template that is wrong or doubtful; `from` and `to` count characters from 0. */
export interface TemplateMark {
  from: number;
  to: number;
  kind: 'error' | 'unknown';
  /** The engine's sentence, or the path that nothing is known of. */
  text: string;
}

/** What a template gets wrong: how it is written, else the variables it names that do not exist. */
export function templateMarks(source: string, variables: readonly ScopeVariable[]): TemplateMark[] {
  if (!/\{[{%]/.test(source)) return [];
  const parsed = parseTemplate(source);
  if (!parsed.ok) {
    const from = offsetOf(source, parsed.error);
    return [{ from, to: endOfPart(source, from), kind: 'error', text: parsed.error.message }];
  }
  const named = templateVariables(source);
  if (!named.ok) return [];
  return named.value.flatMap((path) => (knownIn(variables, path) ? [] : placesOf(source, path)));
}

/** A record's body is also read without `body`: `tenant.name` is `tenant.body.name`. */
function knownIn(variables: readonly ScopeVariable[], path: string): boolean {
  return isKnownPath(variables, path) || isKnownPath(variables, path.replace(/^(record|before|tenant)\./, '$1.body.'));
}

function placesOf(source: string, path: string): TemplateMark[] {
  const pattern = new RegExp(`(?<![\\w.])${path.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w.])`, 'g');
  const found = [...source.matchAll(pattern)].filter(({ index }) => insideCode(source, index));
  return found.map(({ index }) => ({ from: index, to: index + path.length, kind: 'unknown', text: path }));
}

function insideCode(source: string, at: number): boolean {
  const before = source.slice(0, at);
  const opened = Math.max(before.lastIndexOf('{{'), before.lastIndexOf('{%'));
  return opened >= 0 && opened > Math.max(before.lastIndexOf('}}'), before.lastIndexOf('%}'));
}

function offsetOf(source: string, { line, column }: TemplateProblem): number {
  const lines = source.split('\n').slice(0, line - 1);
  const start = lines.reduce((sum, text) => sum + text.length + 1, 0);
  return Math.max(0, Math.min(source.length - 1, start + column - 1));
}

function endOfPart(source: string, from: number): number {
  const rest = source.slice(from);
  const end = /\}\}|%\}|\n/.exec(rest);
  return Math.min(source.length, from + Math.max(1, end ? end.index + (end[0] === '\n' ? 0 : 2) : rest.length));
}
