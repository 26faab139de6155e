import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parsePattern } from '#shared/domain/automation/patterns/eventPattern.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useSimulator } from '#renderer/data/simulation/useSimulator.ts';
import { simulate } from './simulate.ts';
import type { SimulationState } from './simulate.ts';
import type { SimulatorSetup } from './useSimulatorSetup.ts';

/** What has to be chosen before anything can be simulated. */
export type Missing = 'rule' | 'event' | 'test' | 'type' | 'period' | 'pattern';

/** Runs what was chosen, beside the window. */
export function useSimulation(draft: Rule['body'] | undefined) {
  const { t } = useTranslation('simulator');
  const replica = useReplica();
  const simulator = useSimulator();
  const [state, setState] = useState<SimulationState>({ state: 'idle' });
  const starts = useRef(0);
  const start = (setup: SimulatorSetup): Promise<void> => {
    const number = ++starts.current;
    const names = [setup.version, ...(setup.other ? [setup.other] : [])].map((version) =>
      version.startsWith('revision:')
        ? t('version.short', { revision: Number(version.slice('revision:'.length)) })
        : t(version === 'draft' ? 'version.draft' : 'version.savedShort'),
    );
    return simulate({
      replica,
      simulator,
      setup,
      draft,
      names,
      number,
      tell: (next) => {
        // A later start counts alone.
        if (number === starts.current) setState(next);
      },
    });
  };
  return { state, start, stop: simulator.stop, missing: (setup: SimulatorSetup) => missingOf(setup, draft) };
}

function missingOf(setup: SimulatorSetup, draft: Rule['body'] | undefined): Missing | undefined {
  if (setup.ruleId === '' && draft === undefined) return 'rule';
  switch (setup.source) {
    case 'history':
      if (setup.period.type === 'between' && (setup.period.from === '' || setup.period.to === '')) return 'period';
      return setup.pattern !== '' && !parsePattern(setup.pattern).ok ? 'pattern' : undefined;
    case 'stored':
      return setup.eventId === '' ? 'event' : undefined;
    case 'test':
      return setup.testId === '' ? 'test' : undefined;
    case 'made':
      return setup.event.code === '' ? 'type' : undefined;
  }
}
