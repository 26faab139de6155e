import { useCallback, useEffect, useRef, useState } from 'react';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import { createChainRunner } from '#renderer/data/audit/thread/chainRunner.ts';
import type { ChainRunner } from '#renderer/data/audit/thread/chainRunner.ts';
import type { ExportFormat, ExportTask } from '#renderer/data/audit/thread/chainTasks.ts';
import { textPieces } from '#renderer/data/audit/thread/textPieces.ts';
import { spawnChainWorker } from '#renderer/data/audit/thread/spawnChainWorker.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';

export type ExportState =
  | { state: 'idle' }
  /** `entries`: undefined while the server counts for itself; `bytes` written so far. */
  | { state: 'running'; entries: number | undefined; bytes: number; total: number }
  | { state: 'done'; entries: number | undefined; bytes: number; path: string; noted: 'server' | 'queued' }
  | { state: 'stopped' }
  | { state: 'failed'; message: string };

interface LocalExport {
  source: 'here';
  format: ExportFormat;
  task: Omit<ExportTask, 'task' | 'format'>;
  /** What the server's log will say about it. */
  note: JsonObject;
  tenantId: string;
  total: number;
}

interface ServerExport {
  source: 'server';
  format: ExportFormat;
  filter: Json;
  total: number;
}

/** Characters that are handed to the shell at once. */
const pieceSize = 1024 * 1024;

/**
 * Writes the log to a file, piece by piece. From the server it is whole and the server logs it; from here it is what this
 * computer holds, and an order to log it waits for the server before the file gets its name.
 */
export function useAuditExport() {
  const replica = useReplica();
  const problemText = useProblemText();
  const [state, setState] = useState<ExportState>({ state: 'idle' });
  const runner = useRef<ChainRunner>(undefined);
  const stopping = useRef<AbortController>(undefined);
  useEffect(
    () => () => {
      stopping.current?.abort();
      runner.current?.close();
    },
    [],
  );

  const run = useCallback(
    async (asked: LocalExport | ServerExport) => {
      const { file } = window.steward;
      const stop = new AbortController();
      stopping.current = stop;
      const name = `audit-${new Date().toISOString().slice(0, 10)}${asked.format === 'bundle' ? '-bundle' : ''}`;
      let begun: Awaited<ReturnType<typeof file.begin>> = null;
      const giveUp = async () => {
        if (begun) await file.end({ id: begun.id, keep: false }).catch(() => undefined); // Given up by the shell already.
      };
      try {
        begun = await file.begin({ suggestedName: `${name}.${asked.format === 'csv' ? 'csv' : 'json'}` });
        if (!begun) return;
        const { id } = begun;
        let bytes = 0;
        let entries: number | undefined;
        const tell = () => setState({ state: 'running', entries, bytes, total: asked.total });
        const append = async (text: string) => {
          for (const piece of textPieces(text, pieceSize)) bytes = (await file.append({ id, text: piece })).bytes;
          tell();
        };
        tell();
        if (asked.source === 'server') {
          const body = { format: asked.format, filter: asked.filter };
          const outcome = await replica.download('/v1/audit/exports', body, append, stop.signal);
          if (!outcome.ok) {
            await giveUp();
            setState({ state: 'failed', message: problemText(outcome.error) });
            return;
          }
        } else {
          runner.current ??= createChainRunner(() => replica.readTexts(), spawnChainWorker);
          stop.signal.addEventListener('abort', () => runner.current?.stop());
          const outcome = await runner.current.run(
            { task: 'export', format: asked.format, ...asked.task },
            async (piece) => {
              entries = piece.entries;
              await append(piece.text);
            },
          );
          if (outcome.outcome !== 'done') {
            await giveUp();
            setState(
              outcome.outcome === 'stopped'
                ? { state: 'stopped' }
                : { state: 'failed', message: problemText(outcome.problem) },
            );
            return;
          }
          entries = outcome.answer.entries;
          const noted = await replica.create('command', asked.tenantId, {
            type: 'reportExport',
            args: { ...asked.note, format: asked.format, entries },
          });
          if (!noted.ok) {
            await giveUp();
            setState({ state: 'failed', message: problemText(noted.error) });
            return;
          }
        }
        const written = await file.end({ id, keep: true });
        setState({
          state: 'done',
          entries,
          bytes,
          path: written?.path ?? begun.path,
          noted: asked.source === 'server' ? 'server' : 'queued',
        });
      } catch (error) {
        await giveUp();
        if (stop.signal.aborted) setState({ state: 'stopped' });
        else setState({ state: 'failed', message: error instanceof Error ? error.message : String(error) });
      }
    },
    [replica, problemText],
  );
  return {
    state,
    run,
    stop: useCallback(() => stopping.current?.abort(), []),
    forget: useCallback(() => setState({ state: 'idle' }), []),
  };
}
