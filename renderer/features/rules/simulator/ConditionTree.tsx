import { IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type {
  ComparisonResult,
  ConditionExplanation,
  GroupExplanation,
} from '#shared/domain/automation/conditions/conditionResult.ts';
import classes from './Decision.module.css';
import { useDecisionWords } from './useDecisionWords.ts';

/** Conditions as they are nested, each with what it asked and what it found; `settles`: the one that settled it is marked. */
export function ConditionTree({ explanation, settles }: { explanation: ConditionExplanation; settles: boolean }) {
  return <Group group={explanation.tree} decidedBy={settles ? explanation.decidedBy?.path : undefined} />;
}

function Group({ group, decidedBy }: { group: GroupExplanation; decidedBy: string | undefined }) {
  const { t } = useTranslation('simulator');
  return (
    <div className={classes.group}>
      <p className={classes.groupHead}>
        <Verdict holds={group.holds} />
        {t(group.conditions.length === 0 ? 'group.empty' : `group.${group.match}`)}
      </p>
      {group.conditions.length > 0 && (
        <ul className={classes.conditions}>
          {group.conditions.map((condition) => (
            <li key={condition.path}>
              {condition.type === 'group' ? (
                <Group group={condition} decidedBy={decidedBy} />
              ) : (
                <Comparison result={condition} decides={condition.path === decidedBy} />
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Comparison({ result, decides }: { result: ComparisonResult; decides: boolean }) {
  const { t } = useTranslation('simulator');
  const words = useDecisionWords();
  return (
    <div className={classes.comparison} data-decides={decides || undefined}>
      <Verdict holds={result.holds} />
      <div className={classes.comparisonWords}>
        <p className={classes.asks}>
          {words.asks(result)}
          {decides && <span className={classes.decides}>{t('decides')}</span>}
        </p>
        <p className={classes.found}>{words.found(result)}</p>
      </div>
    </div>
  );
}

/** Holds or does not, as a shape and, for those who do not see it, a word. */
export function Verdict({ holds }: { holds: boolean }) {
  const { t } = useTranslation('simulator');
  const Icon = holds ? IconCheck : IconX;
  return (
    <span className={classes.verdict} data-holds={holds} role="img" aria-label={t(holds ? 'holds' : 'holdsNot')}>
      <Icon size={12} stroke={2.5} aria-hidden="true" />
    </span>
  );
}
