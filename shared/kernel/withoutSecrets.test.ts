import { describe, expect, it } from 'vitest';
import { isSecretName, redactSecrets, withoutSecrets } from './withoutSecrets.ts';

const token = 'hY3kQ9_zL0pX-7vBn2RtWc5MdE8uJf1SgAo4iTq6KyU';

describe('a text for a log', () => {
  it.each([
    ['Authorization: Bearer canary.value-1', 'Authorization: [REDACTED] [REDACTED]'],
    ['sent Basic Y2FuYXJ5OmNhbmFyeQ==', 'sent Basic [REDACTED]'],
    ['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.abc is old', 'token [REDACTED] is old'],
    ['key stw_abcdefgh1234 and whsec_MfKQ9r8GKYqrTwjU', 'key stw_[REDACTED] and whsec_[REDACTED]'],
    ['smtp://user:canary@mail.example:25 failed', 'smtp://[REDACTED]@mail.example:25 failed'],
    ['/callback?code=canary&state=canary&x=1', '/callback?code=[REDACTED]&state=[REDACTED]&x=1'],
    ['{"password":"can\\"ary","name":"Ada"}', '{"password":[REDACTED],"name":"Ada"}'],
    ['{\\"refreshToken\\":\\"canary\\"}', '{\\"refreshToken\\":[REDACTED]}'],
    ["client_secret='canary' tried", 'client_secret=[REDACTED] tried'],
    ['password=canary&email=x', 'password=[REDACTED]&email=x'],
    [`it is ${token}.`, 'it is [REDACTED].'],
    [`it is ${token}, no more`, 'it is [REDACTED], no more'],
    [
      'Unexpected token \'h\', ..."d": hunter2"... is not valid JSON',
      "Unexpected token 'h', [REDACTED] is not valid JSON",
    ],
    ['"hunter2" is not valid JSON', '[REDACTED] is not valid JSON'],
    ['mail to ada.l+x@steward.example bounced', 'mail to [e-mail] bounced'],
    ['connect ECONNREFUSED 10.1.2.3:587', 'connect ECONNREFUSED [address]:587'],
    ['from ::ffff:198.51.100.7', 'from [address]'],
    ['from 2001:db8::7 and fe80::1%eth0', 'from [address] and [address]'],
    ['it was 10.0.0.1.', 'it was [address].'],
    ['from 2001:db8:0:0:0:0:0:7', 'from [address]'],
  ])('%s', (given, shown) => {
    expect(withoutSecrets(given)).toBe(shown);
  });

  it.each([
    'Error: the disk is full\n    at commit (file:///srv/steward/sync-server/sync/writer.ts:61:15)',
    'ready on http://127.0.0.1:4780 and http://0.0.0.0:80 and http://[::1]:80',
    'std::vector at 08:30:15, on 2026-03-01T08:00:00.000Z',
    'record 01890a5d-ac96-774b-bcce-b302099a8057 of createSomethingWithAVeryLongNameIndeed',
    'steward 0.1.0 with electron 45.4.1',
    'Unexpected token at place 3',
  ])('keeps what is none: %s', (text) => {
    expect(withoutSecrets(text)).toBe(text);
  });

  it('cuts long texts, of which it would not get done with some', () => {
    for (const part of ['a', '"', '::', '1.', 'a@', '-_', 'token', 'password"', '1:', '\\"', 'eyJ.'])
      expect(withoutSecrets(part.repeat(100_000)).length).toBeLessThan(200_000);
  });
});

it('a value for a log has nothing under the names of secrets, at any depth', () => {
  const names = [
    'password',
    'newPassword',
    'refreshToken',
    'x-api-key',
    'apiKey',
    'Set-Cookie',
    'totp',
    'client_secret',
  ];
  for (const name of names) {
    expect(isSecretName(name)).toBe(true);
    expect(JSON.stringify(redactSecrets({ a: [{ [name]: { deep: ['canary'] } }] }))).not.toContain('canary');
  }
  expect(redactSecrets({ code: 'ECONNREFUSED', list: [1, null, true, 'from 10.0.0.1'] })).toEqual({
    code: 'ECONNREFUSED',
    list: [1, null, true, 'from [address]'],
  });
});
