import { createECDH } from 'node:crypto';
import type { RouteRow } from './row.ts';

const point = createECDH('prime256v1').generateKeys('base64');

export const departureRows: readonly RouteRow[] = [
  { method: 'POST', route: '/v1/auth/departure', needs: 'anybody', body: { refreshToken: 'none' } },
  { method: 'GET', route: '/v1/account/sealing-key', needs: 'signed_in' },
  { method: 'POST', route: '/v1/account/unseal', needs: 'signed_in', body: { ephemeralKey: point } },
];
