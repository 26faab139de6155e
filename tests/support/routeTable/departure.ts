import type { RouteRow } from './row.ts';

const point = Buffer.alloc(32, 9).toString('base64');

export const departureRows: readonly RouteRow[] = [
  { method: 'POST', route: '/v1/auth/departure', needs: 'anybody', body: { refreshToken: 'none' } },
  { method: 'GET', route: '/v1/account/sealing-key', needs: 'signed_in' },
  { method: 'POST', route: '/v1/account/unseal', needs: 'signed_in', body: { ephemeralKey: point } },
];
