import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { protocol } from 'electron';
import type { Session } from 'electron';
import { appScheme } from './appOrigin.ts';
import { assetFile } from './assetFile.ts';
import { contentSecurityPolicy } from './contentSecurityPolicy.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
};

/** To be called before `ready`: afterwards Chromium no longer takes new schemes. */
export function registerAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges }]);
}

/** Serves the built console from `folder`. The policy follows the server address of the moment. */
export function serveApp(session: Session, folder: string, serverUrl: () => string): void {
  session.protocol.handle(appScheme, async (request) => {
    const headers = {
      'content-security-policy': contentSecurityPolicy(serverUrl()),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    };
    const file = request.method === 'GET' ? assetFile(folder, request.url) : undefined;
    const body = file ? await readFile(file).catch(() => undefined) : undefined;
    if (!file || !body) return new Response('Not found', { status: 404, headers });
    const contentType = contentTypes[extname(file)] ?? 'application/octet-stream';
    return new Response(new Uint8Array(body), { headers: { ...headers, 'content-type': contentType } });
  });
}
