import { createContext, useContext } from 'react';
import type { RoleView } from '../viewAs/roleView.ts';

export interface ViewAs {
  /** Whose console this is shown as; undefined = one's own. */
  view: RoleView | undefined;
  begin: (view: RoleView) => void;
  end: () => void;
}

/** Provided once, above every screen. */
export const ViewAsContext = createContext<ViewAs>({ view: undefined, begin: () => undefined, end: () => undefined });

/** Looking at the console as a holder of a role sees it. */
export function useViewAs(): ViewAs {
  return useContext(ViewAsContext);
}
