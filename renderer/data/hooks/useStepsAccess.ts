import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Principal } from '#shared/domain/access/principal.ts';
import { kindNamedBy, listeningRules, readRule } from '#shared/domain/writes/eventRules.ts';
import { refusalOfSteps } from '#shared/domain/writes/rulePermissions.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';
import { textIn } from '#shared/records/readBody.ts';
import { useAccess } from './useAccess.ts';
import { usePrincipal } from './usePrincipal.ts';
import { useProofBeforeEdit } from './useProofBeforeEdit.ts';
import { useRecordList } from './useRecordList.ts';

/** Whether the signed-in person may have steps run. */
export interface StepsVerdict {
  /** '' = they may, as far as is known here: the server decides by the steps that a run began with. */
  whyNot: string;
  /** The server does it only for somebody who proved a moment ago who they are. */
  asks: boolean;
}

export interface StepsAccess {
  /** A rule by hand, or for an event it kept. */
  ofRule: (rule: RecordEnvelope) => StepsVerdict;
  /** A run that goes on. */
  ofRun: (run: RecordEnvelope) => StepsVerdict;
  /** An event that is processed again: every active rule that listens to it. */
  ofEvent: (event: RecordEnvelope) => StepsVerdict;
  /** Whatever active rules do, for events that are not looked at one by one; which of them may not is the server's to say. */
  ofAny: () => StepsVerdict;
  /** Asks for the proof where one is due. False = it was not given, so nothing is to be done. */
  prove: (...verdicts: readonly StepsVerdict[]) => Promise<boolean>;
}

const mostRules = 1000;
const open: StepsVerdict = { whyNot: '', asks: false };

/** Decides as the server does what has the steps of rules run: whoever orders it holds what the steps use. */
export function useStepsAccess(): StepsAccess {
  const { t } = useTranslation('words');
  const access = useAccess();
  const principal = usePrincipal();
  const proved = useProofBeforeEdit();
  const found = useRecordList({ kind: 'rule', limit: mostRules });
  const rules = useMemo(() => found.rows.map((row) => row.record), [found]);
  const byId = useMemo(() => new Map(rules.map((record) => [record.id, readRule(record)?.rule])), [rules]);
  const decide = useMemo(
    () => decider(principal, access, (permission) => t('forbidden', { permission })),
    [principal, access, t],
  );
  return {
    ofRule: (record) => decide(readRule(record)?.rule, record.tenantId, undefined),
    ofRun: (run) => decide(byId.get(textIn(run.body, 'ruleId')), run.tenantId, kindNamedBy(run) ?? ''),
    ofEvent: (event) =>
      joined(
        listeningRules(event, rules).map((rule) => decide(rule, event.tenantId || rule.tenantId, kindNamedBy(event))),
      ),
    ofAny: () => ({
      whyNot: '',
      asks: [...byId.values()].some((rule) => rule?.body.isActive && decide(rule, rule.tenantId, undefined).asks),
    }),
    prove: async (...verdicts) => !verdicts.some(({ asks }) => asks) || proved(),
  };
}

function joined(verdicts: readonly StepsVerdict[]): StepsVerdict {
  return {
    whyNot: verdicts.find(({ whyNot }) => whyNot !== '')?.whyNot ?? '',
    asks: verdicts.some(({ asks }) => asks),
  };
}

type Decide = (rule: Rule | undefined, tenantId: string, kind: string | undefined) => StepsVerdict;

/** Many runs and events are of few rules: each is decided once for a tenant and a kind. */
function decider(
  principal: Principal | undefined,
  access: ReturnType<typeof useAccess>,
  forbidden: (permission: string) => string,
): Decide {
  const known = new WeakMap<Rule, Map<string, StepsVerdict>>();
  const decide = ({ body, tenantId: ruleTenantId }: Rule, tenantId: string, kind: string | undefined): StepsVerdict => {
    if (!principal) return open;
    const about = kind === undefined ? {} : { kind };
    const refusal = refusalOfSteps(principal, tenantId, body, { proved: false, ruleTenantId, ...about });
    if (!refusal) return open;
    if (refusal.because === 'unproved') return { whyNot: '', asks: true };
    const { permission } = refusal;
    return { whyNot: access(permission, { tenantId }) || forbidden(permission), asks: false };
  };
  return (rule, tenantId, kind) => {
    if (!rule) return open;
    const verdicts = known.get(rule) ?? new Map<string, StepsVerdict>();
    known.set(rule, verdicts);
    const key = `${tenantId}|${kind ?? '*'}`;
    const verdict = verdicts.get(key) ?? decide(rule, tenantId, kind);
    verdicts.set(key, verdict);
    return verdict;
  };
}
