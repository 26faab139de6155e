import { failure, success } from '../../../kernel/result.ts';
import type { Result } from '../../../kernel/result.ts';

/** A pattern taken apart: what every segment must be, `*` for any; with `rest`, one or more segments follow. */
export interface EventPattern {
  /** As it was written. */
  text: string;
  segments: readonly string[];
  rest: boolean;
}

const longestPattern = 200;
const literal = /^[a-z0-9_]+$/;

/**
 * Reads a pattern of event names: segments of `a-z 0-9 _` with dots between them, `*` for exactly one segment, `**` at the
 * end for one or more (SPEC P1). The refusal says which segment is wrong and what may stand there.
 */
export function parsePattern(text: string): Result<EventPattern, string> {
  if (text === '') return failure("the pattern is empty; write an event's name such as user.created, or user.*");
  if (text.length > longestPattern)
    return failure(`the pattern has ${text.length} characters; at most ${longestPattern} are possible`);
  const segments = text.split('.');
  for (const [index, segment] of segments.entries()) {
    if (segment === '*' || literal.test(segment)) continue;
    const where = `segment ${index + 1} of '${text}'`;
    if (segment === '') return failure(`${where} is empty; write one name between two dots`);
    if (segment === '**') {
      if (index === segments.length - 1) continue;
      return failure(`${where} is '**', which may only stand at the end; use '*' for exactly one segment`);
    }
    if (segment.includes('*'))
      return failure(`${where} is '${segment}'; '*' stands for a whole segment and cannot be part of one`);
    return failure(`${where} is '${segment}'; a segment is made of a-z, 0-9 and _, or is '*' or, at the end, '**'`);
  }
  const rest = segments.at(-1) === '**';
  return success({ text, segments: rest ? segments.slice(0, -1) : segments, rest });
}

/** Whether an event's name fits (SPEC P1). Names are compared as they are, case and all. */
export function patternMatches(pattern: EventPattern, name: string): boolean {
  if (pattern.text === name) return true;
  const names = segmentsOf(name);
  const { segments, rest } = pattern;
  if (rest ? names.length <= segments.length : names.length !== segments.length) return false;
  return segments.every((segment, index) => segment === '*' || segment === names[index]);
}

/** The last name that was taken apart: one event is compared with many patterns, one after the other. */
let last: { name: string; segments: readonly string[] } = { name: '', segments: [''] };

function segmentsOf(name: string): readonly string[] {
  if (last.name !== name) last = { name, segments: name.split('.') };
  return last.segments;
}
