import type { Json } from '#shared/kernel/json.ts';

/** One way into the server over HTTP, as the authorisation matrix tries it with every role and without one. */
export interface RouteRow {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As it is registered: `/v1/staff/:id/invitation`. */
  route: string;
  /** As it is asked, with `{name}` where a fixture fills in (see matrixServer.ts), in the body too; default the route. */
  url?: string;
  body?: Json;
  /** `anybody` needs no session; `signed_in` a session of whomever; else the permission that is needed, for the platform. */
  needs: 'anybody' | 'signed_in' | `${string}.${string}`;
  /**
   * Whose thing it is about: `own` is the tenant to which the limited people of the matrix are limited. Default the platform's,
   * which they may not touch.
   */
  tenant?: 'own' | 'other';
  /** What a person must hold to be told that there is such a thing; absent = that is no secret. */
  toKnow?: string;
  /** Answers 403 `reauthentication_required` to a session that proved nothing lately. */
  dangerous?: boolean;
  /** Status for those who may; default 200. A route that also needs something else to exist may answer 404 or 422 to them. */
  allowed?: number;
}
