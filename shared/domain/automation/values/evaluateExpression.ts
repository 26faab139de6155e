import type { Json } from '../../../kernel/json.ts';
import type { Result } from '../../../kernel/result.ts';
import type { ScopeView } from '../scope.ts';

/** What is wrong with an expression; `position` counts characters from 0. */
export interface ExpressionProblem {
  message: string;
  position: number;
}

export interface ParsedExpression {
  readonly source: string;
}

export interface ExpressionLimits {
  /** Evaluations of nodes; default 200,000. */
  steps?: number;
  /** Milliseconds, measured with `clock`; default 100. */
  time?: number;
  /** Monotonic milliseconds. Without it the bound on time does not apply; that on steps does. */
  clock?: () => number;
}

export function parseExpression(_source: string): Result<ParsedExpression, ExpressionProblem> {
  throw new Error('being written');
}

/** The value as plain JSON; null for nothing. Never rejects. */
export function evaluateExpression(
  _source: string,
  _view: ScopeView,
  _limits?: ExpressionLimits,
): Promise<Result<Json, ExpressionProblem>> {
  throw new Error('being written');
}
