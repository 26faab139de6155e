import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import { sayingText } from '#renderer/ui/problems/sayingText.ts';
import { issueSaying } from '#shared/kernel/sentences/issueSaying.ts';
import type { Json } from '#shared/kernel/json.ts';
import { conditionGroupSchema } from '#shared/resources/automation/condition.ts';
import type { ConditionGroup } from '#shared/resources/automation/condition.ts';
import { JsonInput } from '../code/JsonInput.tsx';
import type { Selection } from '../model/editorStore.ts';
import { useEditor } from '../model/useEditor.ts';
import { ConditionBuilder } from './ConditionBuilder.tsx';
import classes from './Conditions.module.css';

interface ConditionsViewProps {
  selection: Selection;
  /** Path in the rule's body. */
  place: string;
  value: ConditionGroup;
  onChange: (conditions: ConditionGroup) => void;
}

/** Conditions as a sentence, and to change as groups or as JSON. */
export function ConditionsView({ selection, place, value, onChange }: ConditionsViewProps) {
  const { t, i18n } = useTranslation('rules');
  const words = useAutomationWords();
  const unfinished = useEditor((state) => place in state.draft.unfinished);
  const [chosen, setChosen] = useState<'groups' | 'json'>('groups');
  const view = unfinished ? 'json' : chosen;
  const sentence = words.conditions(value);
  return (
    <div className={classes.view} data-field={place}>
      <div className={classes.viewHead}>
        <p className={classes.sentence} data-testid="condition-sentence">
          {sentence === '' ? t('conditions.none') : sentence}
        </p>
        <SegmentedControl
          size="xs"
          aria-label={t('conditions.as')}
          value={view}
          onChange={(next) => setChosen(next === 'json' ? 'json' : 'groups')}
          data={[
            { value: 'groups', label: t('conditions.groups') },
            { value: 'json', label: 'JSON' },
          ]}
        />
      </div>
      {view === 'json' ? (
        <JsonInput<Json>
          label={t('conditions.json')}
          value={value as unknown as Json}
          place={place}
          height={220}
          read={(parsed) => {
            const found = conditionGroupSchema.safeParse(parsed);
            if (found.success) return { value: parsed };
            const issue = found.error.issues[0];
            return {
              problem: t('code.wrongShape', {
                path: issue?.path.join('.') || '·',
                message: sayingText(i18n, issueSaying(issue)),
              }),
            };
          }}
          onChange={(next) => {
            const parsed = conditionGroupSchema.safeParse(next);
            if (parsed.success) onChange(parsed.data);
          }}
          testId="condition-json"
        />
      ) : (
        <ConditionBuilder selection={selection} value={value} onChange={onChange} />
      )}
    </div>
  );
}
