import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryBuilder } from 'react-querybuilder';
import type { RuleGroupType } from 'react-querybuilder';
import { jsonEqual } from '#shared/kernel/json.ts';
import type { Comparison, ConditionGroup } from '#shared/resources/automation/condition.ts';
import type { Selection } from '../model/editorStore.ts';
import { useKnowledge } from '../model/KnowledgeContext.ts';
import { conditionPlace } from '../model/problemPlace.ts';
import { usePartProblems, useProblemWords } from '../model/useProblems.ts';
import { ConditionsContext } from './ConditionsContext.ts';
import { builderControls } from './builderControls.ts';
import { changeComparison, conditionsOf, queryOf } from './queryModel.ts';
import classes from './Conditions.module.css';

interface ConditionBuilderProps {
  /** The part of the rule whose conditions these are. */
  selection: Selection;
  value: ConditionGroup;
  onChange: (conditions: ConditionGroup) => void;
}

const combinators = [
  { name: 'and', label: 'and' },
  { name: 'or', label: 'or' },
  { name: 'not', label: 'not' },
];
const fresh = { field: '', operator: 'equals', value: undefined };

/** Conditions as nested groups of comparisons, with what is wrong beside each. */
export function ConditionBuilder({ selection, value, onChange }: ConditionBuilderProps) {
  const { t } = useTranslation('rules');
  const stepId = selection.part === 'step' ? selection.id : '';
  const { variables: variablesOf } = useKnowledge();
  const variables = useMemo(() => variablesOf(stepId), [variablesOf, stepId]);
  const problems = usePartProblems(selection);
  const problemWords = useProblemWords();
  // Ids follow the parts while they are moved here; conditions that come from elsewhere get new ones.
  const [held, setHeld] = useState(() => queryOf(value));
  const query = jsonEqual(conditionsOf(held), value) ? held : queryOf(value);
  if (query !== held) setHeld(query);

  // The builder leaves the choice of a field out where it knows of none.
  const fields = useMemo(
    () => ['', ...variables.map(({ path }) => path)].map((name) => ({ name, label: name })),
    [variables],
  );
  const write = useCallback(
    (next: RuleGroupType) => {
      setHeld(next);
      const conditions = conditionsOf(next);
      if (!jsonEqual(conditions, value)) onChange(conditions);
    },
    [onChange, value],
  );
  const scope = useMemo(() => {
    const placed = problems
      .filter((problem) => stepId === '' || problem.field.startsWith('conditions'))
      .map((problem) => ({
        path: conditionPlace(problem.field).path.join('.'),
        message: problemWords(problem),
        isError: problem.severity === 'error',
      }));
    return {
      variables,
      problemAt: (path: readonly number[]) => placed.filter((problem) => problem.path === path.join('.')),
      change: (path: readonly number[], change: (comparison: Comparison) => Comparison) =>
        write(changeComparison(query, path, change)),
    };
  }, [variables, problems, problemWords, stepId, query, write]);
  return (
    <ConditionsContext value={scope}>
      <div className={classes.builder} role="group" aria-label={t('conditions.label')} data-testid="condition-builder">
        <QueryBuilder
          query={query}
          onQueryChange={write}
          fields={fields}
          combinators={combinators}
          controlElements={builderControls}
          controlClassnames={{
            ruleGroup: classes.group ?? '',
            header: classes.groupHead ?? '',
            body: classes.groupBody ?? '',
            rule: classes.rule ?? '',
          }}
          onAddRule={(added) => ({ ...added, ...fresh })}
          onAddGroup={(added) => ({ ...added, rules: [{ ...fresh }] })}
          getDefaultValue={() => undefined}
          getValueSources={() => ['value', 'field']}
          resetOnFieldChange={false}
          showShiftActions
          showCloneButtons
          suppressStandardClassnames={false}
        />
      </div>
    </ConditionsContext>
  );
}
