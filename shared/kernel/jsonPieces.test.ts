import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createJsonPieces } from './jsonPieces.ts';
import type { JsonPath } from './jsonPieces.ts';

/** The document put together again from its pieces. */
function rebuild(text: string, cuts: readonly number[], depth: number): unknown {
  let root: unknown;
  const containers = new Map<string, unknown>();
  const put = (path: JsonPath, value: unknown) => {
    if (path.length === 0) root = value;
    else
      Object.defineProperty(containers.get(JSON.stringify(path.slice(0, -1))), String(path.at(-1)), {
        value,
        enumerable: true,
        writable: true,
        configurable: true,
      });
  };
  const pieces = createJsonPieces({
    isOpened: (path) => {
      const isOpened = path.length < depth;
      if (isOpened) open(path);
      return isOpened;
    },
    onPiece: put,
  });
  function open(path: JsonPath): void {
    const parent: unknown = path.length === 0 ? undefined : containers.get(JSON.stringify(path.slice(0, -1)));
    const source = JSON.parse(text) as unknown;
    const original = path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key as string], source);
    const made: unknown = Array.isArray(original) ? [] : {};
    containers.set(JSON.stringify(path), made);
    if (parent !== undefined || path.length === 0) put(path, made);
  }
  let at = 0;
  for (const cut of [...cuts, text.length].map((one) => one % (text.length + 1)).toSorted((a, b) => a - b)) {
    pieces.feed(text.slice(at, cut));
    at = cut;
  }
  pieces.feed(text.slice(at));
  pieces.end();
  return root;
}

const read = (text: string) => {
  const pieces = createJsonPieces({ isOpened: (path) => path.length < 2, onPiece: () => undefined, longest: 40 });
  pieces.feed(text);
  pieces.end();
};

describe('reading JSON piece by piece', () => {
  it('says the same as JSON.parse, wherever the text is cut and however deep it is opened', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.array(fc.nat()),
        fc.nat({ max: 3 }),
        fc.constantFrom(undefined, 2),
        (value, cuts, depth, indent) => {
          const text = JSON.stringify(value, undefined, indent);
          expect(rebuild(text, cuts, depth)).toEqual(JSON.parse(text));
        },
      ),
      { numRuns: 1500 },
    );
  });

  it.each([
    ['', 'the document ends too early, at character 0'],
    ['{"a":1', 'ends too early, at character 6'],
    ['{"a":1,}', "'}' stands where a name ought to, at character 7"],
    ['{"a" 1}', "'1' is not expected, at character 5"],
    ['{"a":1,"a":2}', "the member 'a' comes twice, at character 7"],
    ['[1,]', "']' stands where a value ought to, at character 3"],
    ['[1 2]', "'2' is not expected, at character 3"],
    ['[tru]', "'tru' is no JSON, at character 1"],
    ['[[[1,]]]', "'[1,]' is no JSON, at character 2"],
    ['[]]', "']' is not expected, at character 2"],
    ['{"a":x}', "'x' stands where a value ought to, at character 5"],
    [`["${'long'.repeat(20)}"]`, 'one value is longer than 40 characters, at character 1'],
  ])('refuses %s and says where', (text, said) => {
    expect(() => read(text)).toThrow(said);
  });
});
