import { useCallback, useEffect, useRef, useState } from 'react';
import type { SubjectSpec } from '#shared/domain/privacy/subject.ts';
import type { PrivacyPreview } from '#shared/protocol/privacy.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { resources } from '#shared/resources/registry.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import type { FoundRecord, ToSearch } from './searchWorker.ts';

export type LocalSearch =
  | { state: 'idle' }
  | { state: 'running'; scanned: number }
  | { state: 'done'; preview: PrivacyPreview }
  | { state: 'failed'; problem: string };

const samplesPerKind = 20;

/** Looks through everything that this console holds, in a worker, with the function that the server uses. */
export function useReplicaSearch(): { search: LocalSearch; start: (spec: SubjectSpec, tenantId: string) => void } {
  const replica = useReplica();
  const [search, setSearch] = useState<LocalSearch>({ state: 'idle' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const start = useCallback(
    (spec: SubjectSpec, tenantId: string) => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      const { signal } = controller;
      const worker = new Worker(new URL('./searchWorker.ts', import.meta.url), { type: 'module', name: 'privacy' });
      const send = (message: ToSearch) => worker.postMessage(message);
      const ask = (records: readonly RecordEnvelope[]) =>
        new Promise<FoundRecord[]>((resolve, reject) => {
          worker.addEventListener('message', ({ data }: MessageEvent<FoundRecord[]>) => resolve(data), { once: true });
          worker.addEventListener('error', (event) => reject(new Error(event.message)), { once: true });
          signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
          send({ records });
        });
      const work = async () => {
        const kinds: PrivacyPreview['kinds'] = [];
        let scanned = 0;
        send({ spec });
        for (const { kind } of resources) {
          const found: FoundRecord[] = [];
          let count = 0;
          await replica.readRows(
            { kind, tenantId },
            async (rows) => {
              const page = await ask(rows.map(({ record }) => record));
              count += page.length;
              found.push(...page.slice(0, Math.max(0, samplesPerKind - found.length)));
              scanned += rows.length;
              setSearch({ state: 'running', scanned });
            },
            signal,
          );
          if (count > 0) kinds.push({ kind, count, samples: found });
        }
        const preview = { scanned, subjectRecords: [...spec.records], kinds, holds: [] };
        if (!signal.aborted) setSearch({ state: 'done', preview });
      };
      setSearch({ state: 'running', scanned: 0 });
      work()
        .catch((error: unknown) => {
          if (!signal.aborted)
            setSearch({ state: 'failed', problem: error instanceof Error ? error.message : String(error) });
        })
        .finally(() => worker.terminate());
    },
    [replica],
  );
  return { search, start };
}
