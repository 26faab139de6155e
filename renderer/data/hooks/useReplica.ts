import { useContext } from 'react';
import type { Replica } from '../replicaApi.ts';
import { ReplicaContext } from './replicaContext.ts';

/** @throws Error outside of the replica's provider: a bug of the composition root. */
export function useReplica(): Replica {
  const replica = useContext(ReplicaContext);
  if (!replica) throw new Error('useReplica needs a ReplicaContext above it; the bootstrap provides it');
  return replica;
}
