import jsonata from 'jsonata';
import type { Json } from '../../../kernel/json.ts';
import { failure, success } from '../../../kernel/result.ts';
import type { Result } from '../../../kernel/result.ts';
import { ruleLimits } from '../../../resources/automation/limits.ts';
import type { ScopeView } from '../scope.ts';
import { ExpressionBudget, boundedRegExp, isFunctionValue } from './expressionBudget.ts';
import type { ExpressionWork } from './expressionBudget.ts';
import { refusedFunctions, registerFunctions } from './expressionFunctions.ts';
import { instantOf } from './instant.ts';
import { linearPattern } from './linearPattern.ts';
import { createRecentCache } from './recentCache.ts';

/** What is wrong with an expression; `position` counts characters from 0. */
export interface ExpressionProblem {
  message: string;
  position: number;
}

export interface ParsedExpression {
  readonly source: string;
  /** Paths from the scope that it names at their start, sorted: `event.data.amount`. */
  readonly paths: string[];
  /** Variables and functions it names, without the `$`. */
  readonly names: ReadonlySet<string>;
}

export interface ExpressionLimits {
  /** Nodes evaluated, large results counting for more; default 50,000. */
  steps?: number;
  /** Milliseconds, measured with `clock`; default 100. */
  time?: number;
  /** Monotonic milliseconds. Without it the bounds on steps, sizes and texts apply alone, and a coarse one on time. */
  clock?: () => number;
}

/** Items of a list that an expression makes. */
const longestList = 10_000;
/** Nodes inside each other; functions that call themselves take about four each time. */
const deepest = 4000;
/** Dots of one expression: JSONata's parser takes time by their square. */
const mostDots = 1500;
/** Milliseconds beyond the time allowed after which JSONata stops by its own clock: the steps end it long before. */
const grace = 2000;

interface PreparedExpression {
  expression: jsonata.Expression;
  work: ExpressionWork;
  options: { timeout: number };
}

const entry = 'jsonata.__evaluate_entry';
const exit = 'jsonata.__evaluate_exit';
const parsed = createRecentCache<Result<ParsedExpression, ExpressionProblem>>(500);

/** Expressions parsed and not in use, by their source: parsing takes longer than most evaluations. */
const prepared = createRecentCache<PreparedExpression[]>(300);
/** Of one source. */
const mostIdle = 8;

/** Whether an expression can be evaluated; those looked at lately are kept. */
export function parseExpression(source: string): Result<ParsedExpression, ExpressionProblem> {
  return parsed(source, () => {
    if (source.length > ruleLimits.expression) {
      const message = `the expression has ${source.length} characters; at most ${ruleLimits.expression} are possible`;
      return failure({ message, position: 0 });
    }
    if (source.split('.').length - 1 > mostDots)
      return failure({ message: `the expression has more than ${mostDots} dots; make its paths shorter`, position: 0 });
    if (source.trim() === '')
      return failure({ message: 'the expression is empty; write one such as event.data.total', position: 0 });
    try {
      const found = { paths: new Set<string>(), names: new Set<string>() };
      const problem = inspect(jsonata(source).ast(), found);
      return problem ? failure(problem) : success({ source, paths: [...found.paths].sort(), names: found.names });
    } catch (error) {
      return failure(problemOf(error, source));
    }
  });
}

/** The value of an expression over a scope as plain JSON; null for nothing (SPEC V1, V3). Never rejects. */
export async function evaluateExpression(
  source: string,
  view: ScopeView,
  { steps = 50_000, time = 100, clock }: ExpressionLimits = {},
): Promise<Result<Json, ExpressionProblem>> {
  const known = parseExpression(source);
  if (!known.ok) return known;
  try {
    const idle = prepared(source, () => []);
    const { expression, work, options } = idle.pop() ?? (await prepare(known.value));
    work.budget = new ExpressionBudget({ steps, time, clock });
    work.now = instantOf(view['now']) ?? 0;
    options.timeout = time + grace;
    const value: unknown = await expression.evaluate(view);
    // Not after a failure: parts of what failed may go on for a while.
    if (idle.length < mostIdle) idle.push({ expression, work, options });
    if (isFunctionValue(value)) return failure({ message: 'the expression gives a function; call it', position: 0 });
    return success(plainJson(value));
  } catch (error) {
    return failure(problemOf(error, source));
  }
}

/** JSONata keeps the time and the functions of an evaluation in the expression, so one is used for one evaluation at a time. */
async function prepare({ source, names }: ParsedExpression): Promise<PreparedExpression> {
  const work: ExpressionWork = { budget: new ExpressionBudget({ steps: 0, time: 0, clock: undefined }), now: 0 };
  const options = { RegexEngine: boundedRegExp(work), timeout: 0, stack: deepest, sequence: longestList };
  const expression = jsonata(source, options);
  expression.assign(hook(entry), () => work.budget.enter());
  expression.assign(hook(exit), (_node: unknown, _input: unknown, _environment: unknown, result: unknown) =>
    work.budget.leave(result),
  );
  await registerFunctions(expression, names, work);
  return { expression, work, options };
}

/** JSONata knows its hooks by symbols, which the types of `assign` leave out. */
function hook(name: string): string {
  return Symbol.for(name) as unknown as string;
}

/** Looks through a parsed expression for what cannot be allowed, and gathers its paths. */
function inspect(
  root: unknown,
  { paths, names }: { paths: Set<string>; names: Set<string> },
): ExpressionProblem | undefined {
  const open: unknown[] = [root];
  for (let node = open.pop(); open.length > 0 || node !== undefined; node = open.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    const { type, value, position, steps } = node as Record<string, unknown>;
    const at = typeof position === 'number' ? position : 0;
    if (type === 'variable' && typeof value === 'string') names.add(value);
    if (type === 'variable' && typeof value === 'string' && refusedFunctions.includes(value)) {
      const message = `$${value} is not available: a rule must give the same result each time`;
      return { message, position: Math.max(0, at - value.length - 1) };
    }
    if (type === 'regex' && value instanceof RegExp) {
      const pattern = linearPattern(value.source, value.flags);
      const message = pattern.ok ? '' : `the regular expression /${value.source}/ cannot be run: ${pattern.error}`;
      if (!pattern.ok) return { message, position: Math.max(0, at - value.source.length - 2) };
    } else if (type === 'path' && Array.isArray(steps)) notePath(steps, paths);
    open.push(...Object.values(node));
  }
  return undefined;
}

const roots = new Set(['event', 'record', 'before', 'tenant', 'rule', 'run', 'steps', 'vars', 'loop', 'now']);

function notePath(steps: unknown[], paths: Set<string>): void {
  const names: string[] = [];
  for (const step of steps) {
    const { type, value } = step as Record<string, unknown>;
    if (names.length === 0 && type === 'variable' && value === '$') continue;
    if (type !== 'name' || typeof value !== 'string') break;
    names.push(value);
  }
  if (names[0] !== undefined && roots.has(names[0])) paths.add(names.join('.'));
}

/** A copy without what JSONata marks its lists with; functions and what is undefined become null. */
function plainJson(value: unknown): Json {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(plainJson);
  if (typeof value !== 'object' || value === null || isFunctionValue(value)) return null;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, plainJson(held)]));
}

function problemOf(error: unknown, source: string): ExpressionProblem {
  if (error instanceof RangeError) {
    const deep = error.message.includes('call stack');
    return {
      message: deep ? 'the expression is nested too deeply' : 'the expression makes a text that is too long',
      position: 0,
    };
  }
  if (typeof error !== 'object' || error === null) return { message: String(error), position: 0 };
  const { message, code, position, token } = error as Record<string, unknown>;
  // JSONata tells where it stood after reading a token, or at the bracket of a call.
  const end = typeof position === 'number' ? Math.min(position, source.length) : 0;
  const begin = typeof token === 'string' && token !== '' ? source.slice(0, end).lastIndexOf(token) : end;
  return {
    message: typeof message === 'string' && message ? message : `the expression cannot be evaluated (${String(code)})`,
    position: begin === -1 ? end : begin,
  };
}
