import { linearPattern, mostWork } from './linearPattern.ts';
import type { LinearPattern } from './linearPattern.ts';

/** Units of size of one value: an item, a field, or 64 characters each. */
const largest = 250_000;
const longestText = 1_000_000;
/** Steps that 256 characters or 16 items of a result count for: whatever is done with it takes its time. */
const charactersPerStep = 256;
const itemsPerStep = 16;
const comparisonsPerStep = 10;
/** What is no cause of any delay. */
const littleSteps = 2000;
const littlePatternWork = 200_000;

export interface BudgetLimits {
  steps: number;
  time: number;
  clock: (() => number) | undefined;
}

/** What one evaluation may still do. Its functions throw once that is used up. */
export class ExpressionBudget {
  #steps: number;
  #entered = 0;
  /** What regular expressions did. */
  #patternWork = 0;
  readonly #limits: BudgetLimits;
  readonly #end: number;
  readonly #sizes = new WeakMap<object, number>();

  constructor(limits: BudgetLimits) {
    this.#limits = limits;
    this.#steps = limits.steps;
    this.#end = limits.clock ? limits.clock() + limits.time : Infinity;
  }

  /** Before a node is evaluated. */
  enter(): void {
    this.#take(1);
    if (++this.#entered % 64 === 0) this.#checkClock();
  }

  /** After it was: what it gave is measured. A value that holds others many times over counts as if it held copies. */
  leave(result: unknown): void {
    if (typeof result === 'string') this.text(result.length);
    else if (typeof result === 'object' && result !== null) {
      if (Array.isArray(result)) this.#take(result.length / itemsPerStep);
      if (this.#sizeOf(result) > largest)
        throw new Error('the expression makes a value that is too large; keep less of the lists');
    }
  }

  /** A list of that length is about to be sorted. */
  sort(length: number): void {
    this.#take((length * Math.log2(length + 1)) / comparisonsPerStep);
  }

  /** A text of that length is about to be made. */
  text(length: number): void {
    if (length > longestText)
      throw new Error(`the expression makes a text of more than ${longestText} characters; make it shorter`);
    this.#take(length / charactersPerStep);
  }

  /** A regular expression is about to look at a text from an index on. */
  scan(pattern: LinearPattern, text: string, from: number): void {
    this.#checkClock();
    const work = pattern.workFor(text.length - from);
    this.#patternWork += work;
    // Each match may have looked at all that follows: without a clock that is taken for granted.
    if (work > mostWork || (!this.#limits.clock && this.#patternWork > mostWork))
      throw new Error('a regular expression looks at too much text; use shorter texts or a simpler pattern');
  }

  #take(steps: number): void {
    this.#steps -= steps;
    if (this.#steps < 0)
      throw new Error(`the expression takes more than ${this.#limits.steps} steps; look for a recursion without end`);
  }

  #checkClock(): void {
    const { clock, time, steps } = this.#limits;
    // Time that passed while others kept the thread busy is not held against who did little.
    if (steps - this.#steps < littleSteps && this.#patternWork < littlePatternWork) return;
    if (clock && clock() > this.#end)
      throw new Error(`the expression takes longer than ${time} milliseconds; look for a recursion without end`);
  }

  #sizeOf(value: unknown): number {
    if (typeof value === 'string') return 1 + value.length / 64;
    if (typeof value !== 'object' || value === null || isFunctionValue(value)) return 1;
    const known = this.#sizes.get(value);
    if (known !== undefined) return known;
    let size = 1;
    for (const item of Array.isArray(value) ? (value as unknown[]) : Object.values(value)) size += this.#sizeOf(item);
    this.#sizes.set(value, size);
    return size;
  }
}

/** A function as JSONata holds it. */
export function isFunctionValue(value: unknown): boolean {
  if (typeof value === 'function') return true;
  if (typeof value !== 'object' || value === null) return false;
  return '_jsonata_lambda' in value || '_jsonata_function' in value;
}

/** What a prepared expression works with; another each time it is evaluated. */
export interface ExpressionWork {
  budget: ExpressionBudget;
  /** Milliseconds since the epoch. */
  now: number;
}

/** What JSONata uses in place of RegExp: linear in the text, and on the budget. */
export function boundedRegExp(work: ExpressionWork): RegExpConstructor {
  class BoundedRegExp {
    lastIndex = 0;
    readonly #pattern: LinearPattern;

    constructor({ source, flags }: RegExp) {
      const pattern = linearPattern(source, flags);
      if (!pattern.ok) throw new Error(`the regular expression /${source}/ cannot be run: ${pattern.error}`);
      this.#pattern = pattern.value;
    }

    /** As that of a global RegExp. */
    exec(text: string): unknown[] | null {
      work.budget.scan(this.#pattern, text, this.lastIndex);
      const match = this.#pattern.execAt(text, this.lastIndex);
      this.lastIndex = match ? match.index + (match.groups[0] ?? '').length : 0;
      return match && Object.assign(match.groups, { index: match.index });
    }
  }
  return BoundedRegExp as unknown as RegExpConstructor;
}
