import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '#electron/main/contentSecurityPolicy.ts';

describe('the content security policy', () => {
  it('lets scripts come from the console only, and connections go to its server only', () => {
    expect(contentSecurityPolicy('https://steward.example.org').split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self' https://steward.example.org wss://steward.example.org",
      "worker-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
  });

  it('names a loopback server with its port', () => {
    expect(contentSecurityPolicy('http://127.0.0.1:4780')).toContain(
      "connect-src 'self' http://127.0.0.1:4780 ws://127.0.0.1:4780;",
    );
  });

  it('never allows evaluation', () => {
    expect(contentSecurityPolicy('http://127.0.0.1:4780')).not.toMatch(/unsafe-eval|\*/);
  });
});
