import { useState } from 'react';
import type { Assumptions } from '#shared/domain/automation/simulation/assumptions.ts';
import type { TestEvent } from '#shared/resources/automation/ruleTest.ts';
import { useTenantFilter } from '#renderer/data/hooks/tenantFilter.ts';
import { defaultAssumptions } from './assumptions.ts';
import { blankEvent } from './eventDraft.ts';
import type { Period } from './simulationPeriod.ts';

/** One version of a rule: as it is saved here, an unsaved draft, or what it was at a revision. */
export type Version = 'saved' | 'draft' | `revision:${number}`;

export type SourceType = 'history' | 'stored' | 'test' | 'made';

/** Everything the person chose on the left of the simulator. */
export interface SimulatorSetup {
  ruleId: string;
  version: Version;
  /** undefined = nothing to compare with. */
  other: Version | undefined;
  source: SourceType;
  period: Period;
  tenantId: string;
  /** Pattern of the events to run on; '' = all. */
  pattern: string;
  eventId: string;
  testId: string;
  event: TestEvent;
  assumptions: Assumptions;
}

/** The choices of the simulator, with a way to change some of them. */
export function useSimulatorSetup(ruleId: string, hasDraft: boolean, eventId: string) {
  const tenantId = useTenantFilter();
  const [setup, setSetup] = useState<SimulatorSetup>({
    ruleId,
    version: hasDraft ? 'draft' : 'saved',
    other: undefined,
    source: eventId === '' ? 'history' : 'stored',
    period: { type: 'days', days: 30 },
    tenantId,
    pattern: '',
    eventId,
    testId: '',
    event: blankEvent,
    assumptions: defaultAssumptions,
  });
  return { setup, change: (part: Partial<SimulatorSetup>) => setSetup((before) => ({ ...before, ...part })) };
}
