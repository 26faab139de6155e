import type { Area, AreaParts } from './area.ts';

/** Requests about the data of a natural person. */
export function createPrivacy(_parts: AreaParts): Area {
  return { modules: [], start: async () => undefined, stop: async () => undefined };
}
