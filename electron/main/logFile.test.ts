import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLog } from './logFile.ts';

it('the log on this machine holds what happened, and no secrets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'steward-log-'));
  const path = join(folder, 'logs/steward.log');
  const log = openLog(path, () => new Date('2026-03-01T08:00:00.000Z'));
  log('warn', 'containment', 'refused to navigate to https://steward.example/callback?code=canary-1&state=canary-2');
  log('error', 'page', 'request failed', new Error('POST with {"password":"canary-3"} and Bearer canary-4'));
  log('error', 'main', 'unhandled rejection', { refreshToken: 'canary-5', address: '198.51.100.7' });
  const lines = readFileSync(path, 'utf8');
  rmSync(folder, { recursive: true });
  expect(lines).not.toMatch(/canary|198\.51/);
  expect(lines.split('\n')).toHaveLength(4);
  expect(lines).toContain('refused to navigate to https://steward.example/callback');
  expect(lines).toContain('logFile.test.ts');
});
