import { createContext } from 'react';
import type { Replica } from '../replicaApi.ts';

/** The replica of the window; provided once, above every screen. */
export const ReplicaContext = createContext<Replica | undefined>(undefined);
