import { expect, it } from 'vitest';
import type { JsonObject } from '#shared/kernel/json.ts';
import { openLog } from './openLog.ts';

it('whatever is logged, and however, holds no secrets', () => {
  const lines: string[] = [];
  const log = openLog('debug', { write: (line) => void lines.push(line) });
  const cause = new Error('connect ECONNREFUSED 198.51.100.7:587 as smtp://user:canary@mail.example');
  const error = Object.assign(new Error('body was {"password":"canary"}', { cause }), {
    headers: { Authorization: 'Bearer canary', cookie: 'canary' },
    detail: 'refreshToken=canary&x=1',
  });
  log.error({ err: error }, 'a request failed');
  log.error(error);
  log.error(error, 'with %s', 'token: canary');
  log.debug({ request: { url: '/v1/auth?code=canary', body: { totp: 'canary', deep: [{ apiKey: 'canary' }] } } });
  log.child({ refreshToken: 'canary' }).info('of a child, for ada@steward.example');
  expect(lines).toHaveLength(5);
  expect(lines.join('')).not.toMatch(/canary|198\.51|ada@/);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 50, msg: 'a request failed', err: { type: 'Error' } });
  expect((JSON.parse(lines[0] ?? '') as { err: JsonObject }).err['stack']).toMatch(/openLog\.test\.ts/);
});
