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
    [['--colour', 'red'], '--colour'],
    [['export'], '"export" is not a command'],
    [['import'], 'exactly one file'],
  ])('refuses %j with a sentence', (parameters, sentence) => {
    expect(() => readCommandLine(parameters, {})).toThrow(sentence);
  });

  it('names every option in the help', () => {
    for (const name of Object.keys(optionSpecs)) expect(helpText()).toContain(`--${name} `);
  });
});
