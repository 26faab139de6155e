import { useEffect, useState } from 'react';
import { useReplica } from '../hooks/useReplica.ts';
import { noWitness } from './witnessState.ts';
import type { WitnessRefusal, WitnessState } from './witnessState.ts';

/** What this console remembers of the log's chains, live. */
export function useWitness(): WitnessState {
  const replica = useReplica();
  const [state, setState] = useState<WitnessState>(noWitness);
  useEffect(() => replica.observeWitness(setState), [replica]);
  return state;
}

/** What the witness refused and nobody has settled. */
export function standingRefusals({ refusals }: WitnessState): readonly WitnessRefusal[] {
  return refusals.filter(({ settledAt }) => settledAt === '');
}
