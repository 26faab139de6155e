import type { Area, AreaParts } from './area.ts';

/** Rights beyond their decision: recorded accesses and the questions about them. */
export function createRights(_parts: AreaParts): Area {
  return { modules: [], start: async () => undefined, stop: async () => undefined };
}
