import { useCallback, useMemo } from 'react';
import * as z from 'zod';
import { create } from 'zustand';
import { onPersonChanged } from '#renderer/data/session/personChanged.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import { listViewSchema, readView } from './listView.ts';
import type { ListView } from './listView.ts';

const namedViewSchema = z.object({ name: z.string(), view: listViewSchema });
export type NamedView = z.infer<typeof namedViewSchema>;

const columnsKey = (kind: string) => `steward.columns.${kind}`;
const viewsKey = (kind: string) => `steward.views.${kind}`;

function readKept<Schema extends z.ZodType>(key: string, schema: Schema): z.infer<Schema> | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(localStorage.getItem(key) ?? 'null'));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

interface ListViews {
  /** How each kind is looked at now; Back finds it as it was. */
  views: Readonly<Record<string, ListView>>;
  named: Readonly<Record<string, NamedView[]>>;
  show: (kind: string, view: ListView) => void;
  keep: (kind: string, named: NamedView[]) => void;
}

const useListViews = create<ListViews>((set) => ({
  views: {},
  named: {},
  show: (kind, view) => {
    localStorage.setItem(columnsKey(kind), JSON.stringify(view.columns));
    set((state) => ({ views: { ...state.views, [kind]: view } }));
  },
  keep: (kind, named) => {
    localStorage.setItem(viewsKey(kind), JSON.stringify(named));
    set((state) => ({ named: { ...state.named, [kind]: named } }));
  },
}));
onPersonChanged(() => useListViews.setState(useListViews.getInitialState()));

/** The view of a kind's list: as left in this window, else the standard one with the columns chosen last. */
export function useListView(resource: Resource): { view: ListView; change: (part: Partial<ListView>) => void } {
  const { kind } = resource;
  const shown = useListViews((state) => state.views[kind]);
  const show = useListViews((state) => state.show);
  const view = useMemo(() => {
    if (shown) return shown;
    const standard = readView(resource, undefined);
    const columns = readKept(columnsKey(resource.kind), z.array(z.string())) ?? standard.columns;
    return readView(resource, { ...standard, columns });
  }, [shown, resource]);
  return { view, change: useCallback((part) => show(kind, { ...view, ...part }), [show, kind, view]) };
}

/** The views a person named, kept on this machine. */
export function useNamedViews(kind: string): { named: NamedView[]; keep: (named: NamedView[]) => void } {
  const inWindow = useListViews((state) => state.named[kind]);
  const keep = useListViews((state) => state.keep);
  const named = useMemo(() => inWindow ?? readKept(viewsKey(kind), z.array(namedViewSchema)) ?? [], [inWindow, kind]);
  return { named, keep: useCallback((next) => keep(kind, next), [keep, kind]) };
}
