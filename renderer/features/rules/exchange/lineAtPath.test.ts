import { describe, expect, it } from 'vitest';
import { lineAtPath, lineOfBreak } from './lineAtPath.ts';

const text = `{
  "format": "steward.rules",
  "rules": [
    { "body": { "name": "A" } },
    {
      "body": {
        "name": "B",
        "trigger": { "type": "event",
          "pattern": "" }
      }
    }
  ]
}`;

describe('a fault in a file of rules', () => {
  it('is found on its line', () => {
    expect(lineAtPath(text, ['rules', 1, 'body', 'trigger', 'pattern'])).toBe(9);
    expect(lineAtPath(text, ['rules', 0, 'body', 'name'])).toBe(4);
  });

  it('of something that is missing is on the line of what lacks it', () => {
    expect(lineAtPath(text, ['rules', 1, 'body', 'steps', '3', 'name'])).toBe(6);
  });

  it('that makes it no JSON is on the line where it breaks off', () => {
    expect(lineOfBreak('{\n  "a": 1,\n  "b": }\n')).toBe(3);
    expect(lineOfBreak(text)).toBeUndefined();
  });
});
