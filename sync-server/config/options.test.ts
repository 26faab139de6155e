import { describe, expect, it } from 'vitest';
import { helpText, optionSpecs, readCommandLine } from './options.ts';

describe('command line of the server', () => {
  it('takes defaults, options and environment in that order of weight', () => {
    const environment = { STEWARD_ADMIN_PASSWORD: 'from the environment' };
    expect(readCommandLine([], environment)).toMatchObject({
      command: 'serve',
      options: { port: 4780, seed: 'none', 'admin-password': 'from the environment' },
    });
    expect(readCommandLine(['--port', '81', '--admin-password', 'given'], environment)).toMatchObject({
      options: { port: 81, 'admin-password': 'given' },
    });
  });

  it('takes --log by itself as the usual level', () => {
    expect(readCommandLine(['--log', '--seed', 'demo'], {})).toMatchObject({ options: { log: 'info', seed: 'demo' } });
    expect(readCommandLine(['--log'], {})).toMatchObject({ options: { log: 'info' } });
    expect(readCommandLine(['--log', 'warn'], {})).toMatchObject({ options: { log: 'warn' } });
  });

  it.each([
    [['--port', '70000'], '--port is "70000"; it must be a whole number from 0 to 65535.'],
    [['--seed', 'real'], '--seed is "real"; it may be demo, none.'],
    [['--smtp-url', 'mail.example'], '--smtp-url is no URL; it must begin with smtp:// or smtps://.'],
    [['--public-url', 'file:///etc/passwd'], '--public-url is no URL; it must begin with http:// or https://.'],
    [['--webhook-allow-private', 'maybe'], '--webhook-allow-private is "maybe"; it may be yes, no.'],
    [['--colour', 'red'], '--colour'],
    [['export'], '"export" is not a command'],
    [['import'], 'exactly one file'],
  ])('refuses %j with a sentence', (parameters, sentence) => {
    expect(() => readCommandLine(parameters, {})).toThrow(sentence);
  });

  it('takes secrets from the environment', () => {
    const environment = { STEWARD_AI_KEY: 'a', STEWARD_SECRET_KEY: 'b', STEWARD_SMTP_URL: 'smtps://mail.example' };
    expect(readCommandLine([], environment)).toMatchObject({
      options: { 'ai-key': 'a', 'secret-key': 'b', 'smtp-url': 'smtps://mail.example' },
    });
  });

  it('names every option in the help', () => {
    for (const name of Object.keys(optionSpecs)) expect(helpText()).toContain(`--${name} `);
  });
});
