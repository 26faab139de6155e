import { RE2JS } from 're2js';
import { failure, success } from '../../../kernel/result.ts';
import type { Result } from '../../../kernel/result.ts';
import { ruleLimits } from '../../../resources/automation/limits.ts';
import { createRecentCache } from './recentCache.ts';

/** A regular expression that runs in time linear in the text, whatever it is (SPEC C6). */
export interface LinearPattern {
  readonly source: string;
  /** Whether it matches anywhere in the text. */
  test: (text: string) => boolean;
  /** The first match at or after an index, as `RegExp.prototype.exec` gives it. */
  execAt: (text: string, from: number) => LinearMatch | null;
  /** Work for a text of a length at worst: instructions of the program times characters; about 40 nanoseconds each. */
  workFor: (length: number) => number;
}

export interface LinearMatch {
  /** The match, then its groups; undefined for a group that took no part. */
  groups: (string | undefined)[];
  index: number;
}

/** Instructions of one compiled pattern: `x{1000}` takes a thousand. */
const longestProgram = 2000;
/** Work of one test at most, about 150 milliseconds at worst. */
export const mostWork = 4_000_000;
/** UTF-16 code units that a pattern is tried on. */
export const longestTested = 100_000;

const cache = createRecentCache<Result<LinearPattern, string>>(300);

/**
 * Compiles a pattern in RE2's syntax: that of JavaScript without look-around and back references. `flags`: `i` ignores case, `m`
 * lets ^ and $ match at lines, `s` lets the dot match line ends. Patterns used lately are kept.
 */
export function linearPattern(source: string, flags = ''): Result<LinearPattern, string> {
  return cache(`${flags}/${source}`, () => compile(source, flags));
}

function compile(source: string, flags: string): Result<LinearPattern, string> {
  if (source.length > ruleLimits.regularExpression)
    return failure(`it has ${source.length} characters; at most ${ruleLimits.regularExpression} are possible`);
  try {
    const bits =
      (flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0) |
      (flags.includes('m') ? RE2JS.MULTILINE : 0) |
      (flags.includes('s') ? RE2JS.DOTALL : 0);
    const engine = RE2JS.compile(RE2JS.translateRegExp(source), bits);
    const size = engine.programSize();
    if (size > longestProgram)
      return failure(`it repeats too much: it takes ${size} instructions, at most ${longestProgram} are possible`);
    return success({
      source,
      test: (text) => engine.test(text),
      execAt: (text, from) => {
        const matcher = engine.matcher(text);
        if (from > text.length || !matcher.find(from)) return null;
        const groups: (string | undefined)[] = [];
        for (let group = 0; group <= matcher.groupCount(); group++) groups.push(matcher.group(group) ?? undefined);
        return { groups, index: matcher.start() };
      },
      workFor: (length) => size * length,
    });
  } catch (error) {
    return failure(error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error));
  }
}
