import type { Resource } from '#shared/records/defineResource.ts';
import type { ListFilter, RecordQuery } from '../replicaApi.ts';

export interface RecordChoice {
  value: string;
  label: string;
}

/** Choices that a list to pick from holds; whoever misses one types more of it. */
const choiceLimit = 50;

/** Finds what to choose from: by the words typed, in the order of the kind's first column, which holds its name. */
export function choiceQuery(resource: Resource, search: string, filters: readonly ListFilter[] = []): RecordQuery {
  return {
    kind: resource.kind,
    filters,
    search,
    sort: [{ path: resource.list.columns[0]?.path ?? 'id', descending: false }],
    limit: choiceLimit,
  };
}

/** What was typed, '' where the input only repeats the name of what is chosen. */
export function typedSearch(text: string, chosenLabel: string): string {
  return text === chosenLabel ? '' : text.trim();
}

/** The choices found; first the chosen one where it is not among them, so that its name can be shown. */
export function withChosen(found: readonly RecordChoice[], chosen: RecordChoice): RecordChoice[] {
  const missing = chosen.value !== '' && !found.some((choice) => choice.value === chosen.value);
  return missing ? [chosen, ...found] : [...found];
}
