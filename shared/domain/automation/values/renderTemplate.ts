import { LiquidError, toValueSync } from 'liquidjs';
import type { Template } from 'liquidjs';
import { failure, success } from '../../../kernel/result.ts';
import type { Result } from '../../../kernel/result.ts';
import { ruleLimits } from '../../../resources/automation/limits.ts';
import type { ScopeView } from '../scope.ts';
import { BoundedText } from './boundedText.ts';
import { createRecentCache } from './recentCache.ts';
import { RenderContext, createTemplateEngine, markQuestions } from './templateEngine.ts';

/** What is wrong with a template, and where: line and column count from 1. */
export interface TemplateProblem {
  message: string;
  line: number;
  column: number;
}

export interface ParsedTemplate {
  readonly source: string;
  readonly escape: 'none' | 'html';
  readonly parts: Template[];
}

export interface TemplateOptions {
  /** 'html' escapes what outputs write unless they end in `| raw`. Default: nothing is escaped. */
  escape?: 'none' | 'html';
  /**
   * Milliseconds for one rendering, by the wall clock; default 1,000. A backstop only: what bounds a template is its
   * number of steps, so that it renders alike on a busy machine. Checked between tags and outputs.
   */
  time?: number;
  /** UTF-16 code units of text; default 1,000,000. */
  length?: number;
}

export interface RenderedTemplate {
  text: string;
  /**
   * Paths that were evaluated to be written and led nowhere, sorted. What a condition asks for and what has a `default` is not
   * among them.
   */
  unknownVariables: string[];
}

const engines = { none: createTemplateEngine('none'), html: createTemplateEngine('html') };
const parsed = createRecentCache<Result<ParsedTemplate, TemplateProblem>>(500);

/** Parses a template; those used lately are kept. */
export function parseTemplate(
  source: string,
  escape: 'none' | 'html' = 'none',
): Result<ParsedTemplate, TemplateProblem> {
  return parsed(`${escape}/${source}`, () => {
    if (source.length > ruleLimits.template) {
      const message = `the template has ${source.length} characters; at most ${ruleLimits.template} are possible`;
      return failure({ message, line: 1, column: 1 });
    }
    try {
      const parts = engines[escape].parse(source);
      markQuestions(parts);
      return success({ source, escape, parts });
    } catch (error) {
      return failure(problemOf(error));
    }
  });
}

/** The text of a template over a scope (SPEC V1 to V3). Never throws. */
export function renderTemplate(
  source: string,
  view: ScopeView,
  { escape = 'none', time = 1000, length = 1_000_000 }: TemplateOptions = {},
): Result<RenderedTemplate, TemplateProblem> {
  // Most settings are plain texts.
  if (!source.includes('{{') && !source.includes('{%') && source.length <= length)
    return success({ text: source, unknownVariables: [] });
  const template = parseTemplate(source, escape);
  if (!template.ok) return template;
  const engine = engines[escape];
  const context = new RenderContext(engine, view, time, length);
  const text = new BoundedText(length);
  try {
    toValueSync(engine.renderer.renderTemplates(template.value.parts, context, text));
    return success({ text: text.buffer, unknownVariables: [...context.unknown].sort() });
  } catch (error) {
    return failure(problemOf(error));
  }
}

/** The paths of the scope a template names, whether or not a branch evaluates them; sorted, without what it assigns itself. */
export function templateVariables(source: string): Result<string[], TemplateProblem> {
  const template = parseTemplate(source);
  if (!template.ok) return template;
  try {
    const paths = engines.none.globalVariableSegmentsSync(template.value.parts, { partials: false }).map((segments) => {
      const dynamic = segments.findIndex((segment) => Array.isArray(segment));
      return segments.slice(0, dynamic === -1 ? undefined : dynamic).join('.');
    });
    return success([...new Set(paths)].sort());
  } catch (error) {
    return failure(problemOf(error));
  }
}

function problemOf(error: unknown): TemplateProblem {
  const [line, column] = positionOf(error);
  return { message: messageOf(error), line, column };
}

function positionOf(error: unknown): [line: number, column: number] {
  if (!LiquidError.is(error)) return [1, 1];
  const { input, begin } = error.token;
  const before = input.slice(0, begin).split('\n');
  return [before.length, (before.at(-1) ?? '').length + 1];
}

function messageOf(error: unknown): string {
  if (LiquidError.is(error) && error.originalError) return messageOf(error.originalError);
  if (!(error instanceof Error)) return String(error);
  const message = error.message.replace(/, line:\d+, col:\d+$/, '');
  if (message.startsWith('memory alloc limit')) return 'the template makes more text and lists than one rendering may';
  if (message.startsWith('template render limit')) return 'rendering took too long; shorten the loops of the template';
  if (message.startsWith('parse length limit'))
    return `the template is too long; at most ${ruleLimits.template} characters are possible`;
  if (error instanceof RangeError)
    return message.includes('call stack')
      ? 'the template is nested too deeply'
      : 'the template makes a text that is too long';
  return message;
}
