import { createContext } from 'react';
import type { LockStore } from '../session/lockStore.ts';

/** The lock of the window; provided once, above every screen. */
export const LockContext = createContext<LockStore | undefined>(undefined);
