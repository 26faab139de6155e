import { listSpecOf } from '#shared/replica/listColumns.ts';
import type { ListSpec } from '#shared/replica/listColumns.ts';
import { resources } from '#shared/resources/registry.ts';

/** Lists of every kind, by collection. */
export const lists: Record<string, ListSpec[]> = {};
for (const resource of resources) (lists[resource.collection] ??= []).push(listSpecOf(resource));
