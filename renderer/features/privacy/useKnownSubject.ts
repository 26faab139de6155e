import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';

/** Kinds in which people are named. */
const personKinds = ['staff', 'member', 'tenant', 'referralCode', 'referral', 'payout'];
/** Milliseconds after the last key. */
const pause = 200;
const mostFound = 40;

/** Records of this console that name the person, best first; a part of an address or a name is enough. */
export function useKnownSubject(text: string): RecordEnvelope[] {
  const replica = useReplica();
  const [wanted] = useDebouncedValue(text.trim(), pause);
  const [found, setFound] = useState<{ text: string; records: RecordEnvelope[] }>();
  useEffect(() => {
    let over = false;
    const read = async () => {
      const rows = wanted.length < 3 ? [] : await replica.search(wanted, mostFound);
      const records = rows.map(({ record }) => record).filter(({ kind }) => personKinds.includes(kind));
      if (!over) setFound({ text: wanted, records });
    };
    void read();
    return () => {
      over = true;
    };
  }, [replica, wanted]);
  return found?.text === wanted ? found.records : [];
}
