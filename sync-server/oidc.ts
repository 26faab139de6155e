import type { Area, AreaParts } from './area.ts';

/** Sign-in through an OpenID provider. */
export function createOidc(_parts: AreaParts): Area {
  return { modules: [], start: async () => undefined, stop: async () => undefined };
}
