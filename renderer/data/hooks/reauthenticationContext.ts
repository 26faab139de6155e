import { createContext } from 'react';

export interface Reauthentication {
  /** Asks the person to prove who they are, and the server whether that is so; false = they gave up. */
  prove: () => Promise<boolean>;
}

/** Provided once, above every page. */
export const ReauthenticationContext = createContext<Reauthentication | undefined>(undefined);
