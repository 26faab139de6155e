import { useEffect, useState } from 'react';
import type { Problem } from '#shared/kernel/errors.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import type { Replica } from '#renderer/data/replicaApi.ts';

interface Page {
  rows: readonly RecordEnvelope[];
  /** Where the next page goes on; undefined at the end. */
  next: number | undefined;
  state: 'ready' | 'failed';
  problem?: Problem;
}

export interface OlderRecordsRead extends Omit<Page, 'state'> {
  state: 'reading' | Page['state'];
  /** Asks for the next page; after a failure for the same one again. */
  more: () => void;
}

/** Records beyond the window, from the server, page by page. Another kind or tenant begins anew. */
export function useOlderRecords(kind: string, tenantId: string): OlderRecordsRead {
  const replica = useReplica();
  const subject = `${kind} ${tenantId}`;
  const [found, setFound] = useState<Omit<OlderRecordsRead, 'more'> & { subject: string }>();
  useEffect(() => {
    let isWanted = true;
    void readPage(replica, kind, tenantId, undefined).then((page) => isWanted && setFound({ ...page, subject }));
    return () => {
      isWanted = false;
    };
  }, [replica, kind, tenantId, subject]);
  if (found?.subject !== subject) return { rows: [], next: undefined, state: 'reading', more: () => undefined };
  const more = async () => {
    const asked = { ...found, state: 'reading' as const };
    setFound(asked);
    const page = await readPage(replica, kind, tenantId, found.next);
    setFound((now) => (now === asked ? { ...page, rows: [...asked.rows, ...page.rows], subject } : now));
  };
  return { ...found, more: () => void more() };
}

/** A page may be empty although others follow, since what this person may not see is left out of it: then the next one. */
async function readPage(replica: Replica, kind: string, tenantId: string, from: number | undefined): Promise<Page> {
  let before = from;
  for (;;) {
    const page = await replica.readOlder({ kind, tenantId, before });
    if (!page.ok) return { rows: [], next: before, state: 'failed', problem: page.error };
    before = page.value.next;
    if (page.value.rows.length > 0 || before === undefined) return { ...page.value, state: 'ready' };
  }
}
