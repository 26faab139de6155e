import { resources } from '../../../resources/registry.ts';
import { catalogueEventNames } from './catalogueEvents.ts';
import { recordEventName } from './recordEventName.ts';

const kinds: ReadonlyMap<string, string> = new Map(
  resources.flatMap(({ kind }) => [
    ...(['created', 'updated', 'deleted'] as const).map((verb) => [recordEventName(kind, verb), kind] as const),
    ...(catalogueEventNames[kind] ?? []).map((name) => [name, kind] as const),
  ]),
);

/** The kind of record that an event is about by its name alone, whoever sent it; undefined = its name says none. */
export function kindOfEvent(eventName: string): string | undefined {
  return kinds.get(eventName);
}
