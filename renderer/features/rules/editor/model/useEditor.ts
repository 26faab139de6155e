import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { EditorState, EditorStore } from './editorStore.ts';

export const EditorContext = createContext<EditorStore | undefined>(undefined);

/** @throws Error outside of the rule editor: a bug of the page. */
export function useEditorStore(): EditorStore {
  const store = useContext(EditorContext);
  if (!store) throw new Error('useEditorStore needs an EditorContext above it; RuleEditorPage provides it');
  return store;
}

/** A part of the open rule's state. */
export function useEditor<Part>(select: (state: EditorState) => Part): Part {
  return useStore(useEditorStore(), select);
}

/** Undo and redo of the open rule, with whether there is anything to take back. */
export function useEditorHistory() {
  const { temporal } = useEditorStore();
  const canUndo = useStore(temporal, (state) => state.pastStates.length > 0);
  const canRedo = useStore(temporal, (state) => state.futureStates.length > 0);
  return { canUndo, canRedo, undo: () => temporal.getState().undo(), redo: () => temporal.getState().redo() };
}
