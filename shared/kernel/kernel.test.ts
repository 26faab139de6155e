import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonicalJson.ts';
import { jsonEqual } from './json.ts';
import { createUuidV7Source, millisOfUuidV7 } from './uuidV7.ts';

describe('UUIDv7', () => {
  const bytes = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 37 + 11) & 0xff);

  it('carries the version, the variant and the time', () => {
    const id = createUuidV7Source(() => 1_700_000_000_123, bytes)();
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(millisOfUuidV7(id)).toBe(1_700_000_000_123);
  });

  it('rises strictly while the clock stands still, runs over its counter or steps back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 2, maxLength: 50 }), (steps) => {
        let now = 1_700_000_000_000;
        const next = createUuidV7Source(() => now, bytes);
        let last = '';
        for (const step of steps) {
          now += step;
          for (let turn = 0; turn < 100; turn++) {
            const id = next();
            expect(id > last).toBe(true);
            last = id;
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('canonical JSON', () => {
  it('matches the example of RFC 8785, section 3.2.2', () => {
    const input = JSON.parse(
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    );
    expect(canonicalJson(input)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts keys by UTF-16 code units', () => {
    expect(canonicalJson({ '\u{1F600}': 1, '\uFB33': 2, b: 3, a: 4 })).toBe('{"a":4,"b":3,"\u{1F600}":1,"\uFB33":2}');
  });

  it('does not depend on the order of keys and reads back equal', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(jsonEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)))).toBe(true);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it('names the place of a value that JSON cannot carry', () => {
    expect(() => canonicalJson({ a: [1, Number.NaN] })).toThrow('$.a[1] is NaN');
    expect(() => canonicalJson({ a: '\uD800' })).toThrow('$.a holds half of a surrogate pair');
  });
});
