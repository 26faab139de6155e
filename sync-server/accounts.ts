import type { Area, AreaParts } from './area.ts';

/** Accounts of staff: passwords, second factors, sessions, invitations, first set-up. */
export function createAccounts(_parts: AreaParts): Area {
  return { modules: [], start: async () => undefined, stop: async () => undefined };
}
