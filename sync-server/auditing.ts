import type { Area, AreaParts } from './area.ts';

/** The audit log beyond its writing: signed heads, keys, retention, exports. */
export function createAuditing(_parts: AreaParts): Area {
  return { modules: [], start: async () => undefined, stop: async () => undefined };
}
