import { expect, it } from 'vitest';
import { createSetupCode } from './setupCode.ts';

let now = Date.parse('2026-03-01T08:00:00.000Z');
const clock = () => now;

it('is taken however it is typed, and is another one each time', () => {
  const made = createSetupCode(clock);
  expect(made.code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}$/);
  const typed = made.code.toLowerCase().replaceAll('-', '').replaceAll('0', 'o').replaceAll('1', 'l');
  for (const given of [made.code, typed, ` ${made.code.replaceAll('-', ' ')} `])
    expect(made.check(given, '10.0.0.1')).toMatchObject({ ok: true });
  expect(createSetupCode(clock).code).not.toBe(made.code);
});

it('is not looked at any more for five minutes after five wrong ones of an address, or a hundred of all', () => {
  const made = createSetupCode(clock);
  const wrong = (address: string) => made.check('AAAA-AAAA-AAAA', address);
  for (let index = 0; index < 5; index += 1)
    expect(wrong('10.0.0.1')).toMatchObject({ error: { code: 'invalid_credentials' } });
  const refused = { ok: false, error: { code: 'rate_limited', details: { retryAfter: 300 } } };
  expect(made.check(made.code, '10.0.0.1')).toMatchObject(refused);
  expect(made.check(made.code, '10.0.0.2')).toMatchObject({ ok: true });
  for (let index = 0; index < 95; index += 1) wrong(`10.1.0.${index}`);
  expect(made.check(made.code, '10.0.0.2')).toMatchObject(refused);
  now += 5 * 60_000;
  expect(made.check(made.code, '10.0.0.1')).toMatchObject({ ok: true });
});
