import { customerEvents } from './customerEvents.ts';
import type { CatalogueEntry } from './describeEvent.ts';
import { healthEvents } from './healthEvents.ts';
import { learningEvents } from './learningEvents.ts';
import { platformEvents } from './platformEvents.ts';

/** The event types that every installation starts with. */
export const eventCatalogue: readonly CatalogueEntry[] = [
  ...platformEvents,
  ...learningEvents,
  ...customerEvents,
  ...healthEvents,
];
