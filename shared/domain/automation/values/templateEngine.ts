import { CaptureTag, CaseTag, Context, IfTag, Liquid, Output, UnlessTag, toValueSync } from 'liquidjs';
import type { Drop, Template, Value } from 'liquidjs';
import { ruleLimits } from '../../../resources/automation/limits.ts';
import type { ScopeView } from '../scope.ts';
import { BoundedText } from './boundedText.ts';
import { outputs, registerFilters } from './templateFilters.ts';
import { valueAt } from './valueAt.ts';

/** Characters, items and their like that one rendering may make. */
const memory = 4_000_000;
/** Parts of a template that one rendering may go through, rounds of loops counted each: the same on every machine. */
const mostSteps = 50_000;
/** Unknown variables that are told. */
const mostUnknown = 100;
/** Left out: what reads files, what changes the scope, and what writes past the escaping. */
const tags = new Set('assign capture case comment # for break continue if unless raw echo'.split(' '));

/** An engine without files, clock or randomness; filters that are not known are refused when a template is parsed. */
export function createTemplateEngine(escape: 'none' | 'html'): Liquid {
  const engine = new Liquid({
    templates: {},
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: false,
    parseLimit: ruleLimits.template,
    outputEscape: outputs[escape],
  });
  registerFilters(engine);
  for (const name of Object.keys(engine.tags)) if (!tags.has(name)) delete engine.tags[name];
  engine.registerTag('capture', BoundedCapture);
  return engine;
}

/** What `capture` gathers is bounded as the whole text is. */
class BoundedCapture extends CaptureTag {
  override *render(context: Context): Generator<unknown, void, string> {
    const text = new BoundedText(context instanceof RenderContext ? context.longest : memory);
    yield this.liquid.renderer.renderTemplates(this.templates, context, text);
    context.memoryLimit.use(text.buffer.length);
    context.bottom()[this.variable] = text.buffer;
  }
}

export const stepsExceeded = `the template takes more than ${mostSteps} steps; loop over fewer items`;

/** One rendering: its bounds, and the variables it missed. */
export class RenderContext extends Context {
  readonly view: ScopeView;
  readonly longest: number;
  readonly unknown = new Set<string>();
  /** Above 0, what is missing is asked for, not written: in a condition, or with a default. */
  asking = 0;

  constructor(engine: Liquid, view: ScopeView, time: number, longest: number) {
    super(view, engine.options, { sync: true, renderLimit: time, memoryLimit: memory }, { liquid: engine });
    this.view = view;
    this.longest = longest;
    const checkTime = this.renderLimit.check.bind(this.renderLimit);
    let steps = 0;
    this.renderLimit.check = (moment) => {
      if (++steps > mostSteps) throw new Error(stepsExceeded);
      checkTime(moment);
    };
  }

  override *_get(path: (string | number | Drop)[]): IterableIterator<unknown> {
    const value: unknown = yield* super._get(path);
    if ((value === undefined || value === null) && this.asking === 0) this.#miss(path.map(String));
    return value;
  }

  #miss(path: string[]): void {
    const name = path.join('.');
    if (this.unknown.size >= mostUnknown || this.unknown.has(name)) return;
    const [root = ''] = path;
    const isLocal = !Object.hasOwn(this.view, root) && Object.hasOwn(this.getAll(), root);
    if (isLocal ? path.length > 1 : valueAt(this.view, path) === undefined) this.unknown.add(name);
  }
}

/** Marks what a template only asks for: conditions of `if`, `unless` and `case`, and values with a `default`. */
export function markQuestions(templates: readonly Template[]): void {
  for (const template of templates) {
    if (template instanceof IfTag || template instanceof UnlessTag)
      for (const { value } of template.branches) markQuestion(value);
    else if (template instanceof CaseTag) markQuestion(template.value);
    else if (template instanceof Output && template.value.filters[0]?.name === 'default') markQuestion(template.value);
    markQuestions(childrenOf(template));
  }
}

function childrenOf(template: Template): Template[] {
  return template.children ? toValueSync(template.children(false, true)) : [];
}

function markQuestion({ initial }: Value): void {
  const evaluate = initial.evaluate.bind(initial);
  initial.evaluate = function* (context, lenient) {
    if (!(context instanceof RenderContext)) return yield* evaluate(context, lenient);
    context.asking++;
    try {
      return yield* evaluate(context, lenient);
    } finally {
      context.asking--;
    }
  };
}
