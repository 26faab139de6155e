import type { Result } from '../../../kernel/result.ts';
import type { ScopeView } from '../scope.ts';

/** What is wrong with a template, and where: line and column count from 1. */
export interface TemplateProblem {
  message: string;
  line: number;
  column: number;
}

export interface ParsedTemplate {
  readonly source: string;
}

export interface TemplateOptions {
  /** 'html' escapes what outputs write unless they end in `| raw`. Default: nothing is escaped. */
  escape?: 'none' | 'html';
  /** Milliseconds for one rendering; default 100. */
  time?: number;
  /** UTF-16 code units of text; default 1,000,000. */
  length?: number;
}

export interface RenderedTemplate {
  text: string;
  /** Paths that were evaluated and led nowhere, sorted. */
  unknownVariables: string[];
}

export function parseTemplate(_source: string): Result<ParsedTemplate, TemplateProblem> {
  throw new Error('being written');
}

export function renderTemplate(
  _source: string,
  _view: ScopeView,
  _options?: TemplateOptions,
): Result<RenderedTemplate, TemplateProblem> {
  throw new Error('being written');
}

/** The paths of the scope a template names, whether or not a branch evaluates them; sorted, without what it assigns itself. */
export function templateVariables(_source: string): Result<string[], TemplateProblem> {
  throw new Error('being written');
}
