import type { RouteRow } from './row.ts';

const redirectUri = 'http://127.0.0.1:49152/callback';

/** Sign-in at a provider, of a server that has none: whoever may come in is told so. */
export const oidcRows: readonly RouteRow[] = [
  {
    method: 'POST',
    route: '/v1/auth/oidc/begin',
    body: { redirectUri, clientId: 'desk' },
    needs: 'anybody',
    allowed: 404,
  },
  {
    method: 'POST',
    route: '/v1/auth/oidc/finish',
    body: { flow: 'none', callbackUrl: `${redirectUri}?code=none&state=none` },
    needs: 'anybody',
    allowed: 404,
  },
  {
    method: 'DELETE',
    route: '/v1/staff/:id/provider',
    url: '/v1/staff/{staff}/provider',
    needs: 'staff.manage',
    dangerous: true,
  },
  {
    method: 'GET',
    route: '/v1/staff/:id/provider',
    url: '/v1/staff/{staff}/provider',
    needs: 'staff.manage',
  },
  { method: 'DELETE', route: '/v1/account/provider', needs: 'signed_in', dangerous: true },
  { method: 'POST', route: '/v1/auth/oidc/sign-out', needs: 'signed_in', allowed: 404 },
  {
    method: 'GET',
    route: '/v1/auth/oidc/sign-out/:ticket',
    url: '/v1/auth/oidc/sign-out/none',
    needs: 'anybody',
    allowed: 404,
  },
  {
    method: 'POST',
    route: '/v1/auth/oidc/back-channel-logout',
    body: { logout_token: 'none' },
    needs: 'anybody',
    allowed: 404,
  },
];
