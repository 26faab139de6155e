import { useEffect, useState } from 'react';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { setupAnswerSchema } from '#shared/protocol/accounts.ts';
import type { SetupAnswer } from '#shared/protocol/accounts.ts';

/** What the server offers to who is not signed in; undefined until it says. */
export function useSetup(): SetupAnswer | undefined {
  const replica = useReplica();
  const [setup, setSetup] = useState<SetupAnswer>();
  useEffect(() => {
    let over = false;
    const ask = async () => {
      const outcome = await replica.ask('GET', '/v1/setup');
      if (!over && outcome.ok) setSetup(setupAnswerSchema.safeParse(outcome.value).data);
    };
    void ask();
    return () => {
      over = true;
    };
  }, [replica]);
  return setup;
}
