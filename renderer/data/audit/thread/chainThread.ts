import type { ChainReport } from '#shared/domain/audit/auditTypes.ts';
import { createBundleReader } from '#shared/domain/audit/bundleReader.ts';
import { createChainVerifier } from '#shared/domain/audit/chainVerifier.ts';
import { openKeyRing } from '#shared/domain/audit/keyRing.ts';
import { createThreadReads } from '../../simulation/threadReads.ts';
import type { ChainTask, ChainTaskAnswers, FromChainThread, ToChainThread } from './chainTasks.ts';
import { entriesOf } from './entriesOf.ts';
import { exportTexts } from './exportTexts.ts';

export interface ChainThreadOptions {
  post: (message: FromChainThread) => void;
  /** Lets the messages in that wait. */
  breathe: () => Promise<unknown>;
}

/** Verifies and writes out the log beside the window; it can read, and nothing else. One task at a time. */
export function createChainThread({ post, breathe }: ChainThreadOptions): {
  receive: (message: ToChainThread) => void;
} {
  const { reads, receive } = createThreadReads((message) => message.type === 'read' && post(message));
  let stopped = 0;
  let takers: (() => void)[] = [];

  /** The answer; undefined = stopped on the way. */
  const run = async (ask: ChainTask, id: number): Promise<ChainTaskAnswers[keyof ChainTaskAnswers] | undefined> => {
    const isOver = async () => {
      await breathe();
      return stopped >= id;
    };
    switch (ask.task) {
      case 'verify': {
        const ring = openKeyRing({ serverId: ask.serverId, keys: ask.keys, trusted: ask.trusted });
        const reports: ChainReport[] = [];
        let done = 0;
        for (const chain of ask.chains) {
          const verifier = createChainVerifier({ ...chain, ring });
          for await (const page of reads.pages(entriesOf(chain, ask.since))) {
            verifier.addMany(page.map(({ id: entryId, tenantId, body }) => ({ id: entryId, tenantId, body })));
            post({ type: 'part', id, part: { tenantId: chain.tenantId, entries: done + verifier.count() } });
            if (await isOver()) return undefined;
          }
          done += verifier.count();
          const report = verifier.finish({ fromStart: chain.fromStart, toEnd: chain.toEnd });
          reports.push(report);
          post({ type: 'part', id, part: { tenantId: chain.tenantId, entries: done, report } });
        }
        return { keyFindings: ring.findings, reports };
      }
      case 'bundle': {
        const reader = createBundleReader(ask.trusted);
        const text = ask.file.stream().pipeThrough(new TextDecoderStream('utf-8', { fatal: true }));
        const source = text.getReader();
        let bytes = 0;
        for (;;) {
          const { done, value } = await source.read();
          if (done) break;
          bytes += value.length;
          reader.feed(value);
          post({ type: 'part', id, part: { bytes, entries: reader.count() } });
          if (await isOver()) {
            await source.cancel();
            return undefined;
          }
        }
        return reader.finish();
      }
      case 'export': {
        let entries = 0;
        for await (const piece of exportTexts(ask, reads)) {
          entries = piece.entries;
          const taken = new Promise<void>((resolve) => takers.push(resolve));
          post({ type: 'part', id, part: piece });
          await taken;
          if (await isOver()) return undefined;
        }
        return { entries };
      }
    }
  };
  const work = async (id: number, ask: ChainTask): Promise<void> => {
    try {
      const answer = await run(ask, id);
      if (answer === undefined || stopped >= id) post({ type: 'stopped', id });
      else post({ type: 'answer', id, answer });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      post({ type: 'failed', id, problem: { code: 'invalid', message } });
    }
  };
  return {
    receive: (message) => {
      switch (message.type) {
        case 'ask':
          void work(message.id, message.ask);
          return;
        case 'stop':
          stopped = message.id;
          takers.forEach((go) => go());
          takers = [];
          return;
        case 'taken':
          takers.shift()?.();
          return;
        case 'text':
        case 'unreadable':
          receive(message);
      }
    },
  };
}
