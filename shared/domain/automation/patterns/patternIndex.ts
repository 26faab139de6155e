import type { EventPattern } from './eventPattern.ts';

/** Which of many patterns fit a name, found without trying each. */
export interface PatternIndex<Value> {
  add: (pattern: EventPattern, value: Value) => void;
  /** Takes out one entry of that pattern and that very value; nothing happens where there is none. */
  remove: (pattern: EventPattern, value: Value) => void;
  /** The values of all patterns that fit, in the order of the comparator. A value added under two of them comes twice. */
  match: (name: string) => Value[];
  anyMatches: (name: string) => boolean;
}

interface Node<Value> {
  literals: Map<string, Node<Value>>;
  one: Node<Value> | undefined;
  /** Of patterns that end here. */
  here: Value[];
  /** Of patterns that go on with `**`. */
  rest: Value[];
}

/**
 * A tree of segments: a name is looked up in time that depends on its segments and what fits them, not on how many
 * patterns there are (SPEC P2). `compare` orders what `match` answers; equal values keep the order in which they came.
 */
export function createPatternIndex<Value>(compare: (left: Value, right: Value) => number): PatternIndex<Value> {
  const root = newNode<Value>();

  const collect = (node: Node<Value>, names: readonly string[], at: number, found: Value[]): void => {
    if (at === names.length) {
      found.push(...node.here);
      return;
    }
    found.push(...node.rest);
    const literal = node.literals.get(names[at]!);
    if (literal) collect(literal, names, at + 1, found);
    if (node.one) collect(node.one, names, at + 1, found);
  };
  const fits = (node: Node<Value>, names: readonly string[], at: number): boolean => {
    if (at === names.length) return node.here.length > 0;
    if (node.rest.length > 0) return true;
    const literal = node.literals.get(names[at]!);
    return (
      (literal !== undefined && fits(literal, names, at + 1)) ||
      (node.one !== undefined && fits(node.one, names, at + 1))
    );
  };

  return {
    add: (pattern, value) => {
      let node = root;
      for (const segment of pattern.segments) node = childFor(node, segment);
      (pattern.rest ? node.rest : node.here).push(value);
    },
    remove: (pattern, value) => {
      const path: Node<Value>[] = [root];
      for (const segment of pattern.segments) {
        const next = segment === '*' ? path.at(-1)!.one : path.at(-1)!.literals.get(segment);
        if (!next) return;
        path.push(next);
      }
      const values = pattern.rest ? path.at(-1)!.rest : path.at(-1)!.here;
      const index = values.indexOf(value);
      if (index === -1) return;
      values.splice(index, 1);
      for (let depth = path.length - 1; depth > 0 && isBare(path[depth]!); depth--) {
        const segment = pattern.segments[depth - 1]!;
        if (segment === '*') path[depth - 1]!.one = undefined;
        else path[depth - 1]!.literals.delete(segment);
      }
    },
    match: (name) => {
      const found: Value[] = [];
      collect(root, name.split('.'), 0, found);
      return found.length > 1 ? found.sort(compare) : found;
    },
    anyMatches: (name) => fits(root, name.split('.'), 0),
  };
}

function newNode<Value>(): Node<Value> {
  return { literals: new Map(), one: undefined, here: [], rest: [] };
}

function childFor<Value>(node: Node<Value>, segment: string): Node<Value> {
  if (segment === '*') return (node.one ??= newNode());
  const known = node.literals.get(segment);
  if (known) return known;
  const made = newNode<Value>();
  node.literals.set(segment, made);
  return made;
}

function isBare(node: Node<unknown>): boolean {
  return node.here.length === 0 && node.rest.length === 0 && !node.one && node.literals.size === 0;
}
