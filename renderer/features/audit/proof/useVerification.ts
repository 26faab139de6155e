import { useCallback, useEffect, useRef, useState } from 'react';
import type { ChainReport, Finding } from '#shared/domain/audit/auditTypes.ts';
import type { BundleReport } from '#shared/domain/audit/bundleReader.ts';
import { readChainEvidence } from '#renderer/data/audit/chainEvidence.ts';
import { proofOf } from '#renderer/data/audit/chainState.ts';
import { createChainRunner } from '#renderer/data/audit/thread/chainRunner.ts';
import type { ChainRunner } from '#renderer/data/audit/thread/chainRunner.ts';
import { spawnChainWorker } from '#renderer/data/audit/thread/spawnChainWorker.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { lookTwice } from './lookTwice.ts';
import type { Chain } from './useChains.ts';
import { isArriving, taskOf } from './verifyTask.ts';

export type Verification =
  | { state: 'idle' }
  | { state: 'running'; what: 'chains'; tenantId: string; done: number; total: number; perSecond: number }
  | { state: 'running'; what: 'bundle'; entries: number; bytes: number; size: number }
  | {
      state: 'over';
      what: 'chains';
      entries: number;
      milliseconds: number;
      reports: ChainReport[];
      /** Not all is here yet: the ends of the chains were not looked at. */
      isBehind: boolean;
      keyFindings: readonly Finding[];
    }
  | { state: 'over'; what: 'bundle'; name: string; report: BundleReport }
  | { state: 'stopped' }
  | { state: 'failed'; message: string };

/** Milliseconds between two reports of progress. */
const pace = 100;
/** Milliseconds after which what was on its way may have arrived. */
const secondLook = 1500;

/** Verifies chains of the replica, or a bundle, in a thread of its own that ends with the page. */
export function useVerification(trusted: string) {
  const replica = useReplica();
  const problemText = useProblemText();
  const [state, setState] = useState<Verification>({ state: 'idle' });
  const runner = useRef<ChainRunner>(undefined);
  useEffect(
    () => () => {
      runner.current?.close();
      runner.current = undefined;
    },
    [],
  );
  const open = useCallback(
    () => (runner.current ??= createChainRunner(() => replica.readTexts(), spawnChainWorker)),
    [replica],
  );

  const verify = useCallback(
    async (chains: readonly Chain[]) => {
      const started = performance.now();
      const total = chains.reduce((sum, chain) => sum + chain.entries, 0);
      let told = 0;
      setState({ state: 'running', what: 'chains', tenantId: chains[0]?.tenantId ?? '', done: 0, total, perSecond: 0 });
      let isBehind = false;
      const once = async (asked: readonly Chain[]) => {
        // What just arrives is stored in a moment; who was away longer is told so.
        for (let waited = 0; waited < secondLook && isArriving(replica); waited += pace)
          await new Promise((resolve) => setTimeout(resolve, pace));
        const tenantIds = asked.map((chain) => chain.tenantId);
        const evidence = await readChainEvidence(replica, tenantIds).catch((error: unknown) => String(error));
        if (typeof evidence === 'string')
          return { outcome: 'failed' as const, problem: { code: 'internal' as const, message: evidence } };
        const task = taskOf(replica, asked, evidence, trusted);
        isBehind ||= task.chains.some((chain) => !chain.toEnd);
        return open().run(task, ({ tenantId, entries }) => {
          const now = performance.now();
          if (now - told < pace) return;
          told = now;
          const perSecond = entries / Math.max(0.001, (now - started) / 1000);
          setState({ state: 'running', what: 'chains', tenantId, done: Math.min(entries, total), total, perSecond });
        });
      };
      const pause = () => new Promise((resolve) => setTimeout(resolve, secondLook));
      const outcome = await lookTwice(chains, once, pause);
      if (outcome.outcome === 'stopped') return setState({ state: 'stopped' });
      if (outcome.outcome === 'failed') return setState({ state: 'failed', message: problemText(outcome.problem) });
      const { reports, keyFindings } = outcome.answer;
      const at = new Date().toISOString();
      if (!isBehind) for (const report of reports) await replica.keepProof(proofOf(report, at));
      const entries = reports.reduce((sum, report) => sum + report.entries, 0);
      setState({
        state: 'over',
        what: 'chains',
        entries,
        milliseconds: performance.now() - started,
        reports,
        isBehind,
        keyFindings,
      });
    },
    [replica, open, trusted, problemText],
  );
  const verifyBundle = useCallback(
    async (file: File) => {
      let told = 0;
      setState({ state: 'running', what: 'bundle', entries: 0, bytes: 0, size: file.size });
      const outcome = await open().run({ task: 'bundle', file, trusted: '' }, ({ entries, bytes }) => {
        const now = performance.now();
        if (now - told < pace) return;
        told = now;
        setState({ state: 'running', what: 'bundle', entries, bytes, size: file.size });
      });
      if (outcome.outcome === 'stopped') setState({ state: 'stopped' });
      else if (outcome.outcome === 'failed') setState({ state: 'failed', message: problemText(outcome.problem) });
      else setState({ state: 'over', what: 'bundle', name: file.name, report: outcome.answer });
    },
    [open, problemText],
  );
  return {
    state,
    verify,
    verifyBundle,
    stop: useCallback(() => runner.current?.stop(), []),
    forget: useCallback(() => setState({ state: 'idle' }), []),
  };
}
