import type { RouteRow } from './row.ts';

const onStaff = (method: 'POST' | 'DELETE', act: string): RouteRow => ({
  method,
  route: `/v1/staff/:id/${act}`,
  url: `/v1/staff/{staff}/${act}`,
  needs: 'staff.manage',
  dangerous: true,
});

/** Accounts, their second factors and links, sessions, and the first set-up. */
export const accountRows: readonly RouteRow[] = [
  { method: 'GET', route: '/v1/setup', needs: 'anybody' },
  { method: 'POST', route: '/v1/setup', body: {}, needs: 'anybody', allowed: 410 },
  { method: 'GET', route: '/v1/account', needs: 'signed_in' },
  // What is refused for its content was let through.
  { method: 'POST', route: '/v1/account/password', body: {}, needs: 'signed_in', allowed: 400 },
  { method: 'POST', route: '/v1/auth/reauthenticate', body: {}, needs: 'signed_in', allowed: 400 },
  { method: 'POST', route: '/v1/account/totp/begin', needs: 'signed_in', dangerous: true },
  { method: 'POST', route: '/v1/account/totp/confirm', body: {}, needs: 'signed_in', allowed: 400 },
  { method: 'POST', route: '/v1/account/recovery-codes', needs: 'signed_in', dangerous: true, allowed: 422 },
  { method: 'DELETE', route: '/v1/account/totp', needs: 'signed_in', dangerous: true },
  onStaff('POST', 'invitation'),
  onStaff('POST', 'password-reset'),
  onStaff('DELETE', 'second-factor'),
  onStaff('POST', 'unlock'),
  {
    method: 'POST',
    route: '/v1/sessions/:id/revoke',
    url: '/v1/sessions/{victimSession}/revoke',
    needs: 'sessions.manage',
    toKnow: 'sessions.view',
  },
  { method: 'POST', route: '/v1/auth/links/inspect', body: { token: 'x' }, needs: 'anybody', allowed: 410 },
  {
    method: 'POST',
    route: '/v1/auth/links/redeem',
    body: { token: 'x', password: 'y' },
    needs: 'anybody',
    allowed: 410,
  },
];
