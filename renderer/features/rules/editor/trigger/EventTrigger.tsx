import { Autocomplete } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Trigger } from '#shared/resources/automation/trigger.ts';
import { useKnowledge } from '../model/KnowledgeContext.ts';
import { matchingTypes } from '../model/ruleVariables.ts';
import { useEditorStore } from '../model/useEditor.ts';
import { useFieldProblem } from '../model/useProblems.ts';
import classes from './Trigger.module.css';

/** Names listed at once. */
const most = 60;

/** The events a rule subscribes to: names of the catalogue or a pattern, with what it matches now. */
export function EventTrigger({ trigger }: { trigger: Extract<Trigger, { type: 'event' }> }) {
  const { t } = useTranslation('rules');
  const store = useEditorStore();
  const problem = useFieldProblem({ part: 'trigger' }, 'pattern');
  return (
    <div className={classes.form} data-field="pattern">
      <PatternInput
        label={t('trigger.pattern')}
        description={t('trigger.patternHelp')}
        value={trigger.pattern}
        onChange={(pattern) => store.getState().change({ trigger: { ...trigger, pattern } }, 'trigger.pattern')}
        error={problem.error}
        warning={problem.warning}
        testId="trigger-pattern"
      />
    </div>
  );
}

interface PatternInputProps {
  label: string;
  description?: string;
  value: string;
  onChange: (pattern: string) => void;
  error: string | undefined;
  warning: string | undefined;
  testId?: string;
}

/** A pattern of event names, completed from the catalogue. */
export function PatternInput({ warning, testId, value, ...input }: PatternInputProps) {
  const { t, i18n } = useTranslation('rules');
  const { eventTypes } = useKnowledge();
  const language = i18n.language.startsWith('ar') ? 'ar' : i18n.language.startsWith('fr') ? 'fr' : 'en';
  const known = useMemo(() => {
    const described = new Map(
      eventTypes.map(({ body }) => [`${body.module}.${body.code}`, body.description[language] || body.description.en]),
    );
    const modules = new Map<string, number>();
    for (const { body } of eventTypes) modules.set(body.module, (modules.get(body.module) ?? 0) + 1);
    const patterns = [...modules].map(
      ([module, count]) => [`${module}.**`, t('trigger.allOf', { module, count })] as const,
    );
    return new Map([...described, ...patterns]);
  }, [eventTypes, language, t]);
  const matching = useMemo(() => matchingTypes(value, eventTypes), [value, eventTypes]);
  const names = matching.map(({ body }) => `${body.module}.${body.code}`);
  return (
    <div className={classes.pattern}>
      <Autocomplete
        {...input}
        size="xs"
        value={value}
        data={[...known.keys()]}
        limit={most}
        maxDropdownHeight={280}
        spellCheck={false}
        classNames={{ input: classes.code }}
        dir="ltr"
        styles={{
          label: { direction: i18n.dir() },
          description: { direction: i18n.dir() },
          error: { direction: i18n.dir() },
        }}
        data-testid={testId}
        filter={({ options, search }) => {
          const wanted = search.trim().toLocaleLowerCase();
          return options.filter(
            (option) =>
              'value' in option &&
              `${option.value} ${known.get(option.value) ?? ''}`
                .toLocaleLowerCase()
                .includes(wanted.replaceAll('*', '')),
          );
        }}
        renderOption={({ option }) => (
          <span className={classes.option}>
            <bdi className={classes.code}>{option.value}</bdi>
            <span className={classes.quiet} dir="auto">
              {known.get(option.value)}
            </span>
          </span>
        )}
      />
      {warning && !input.error && <p className={classes.warning}>{warning}</p>}
      <p className={classes.matches} role="status" data-testid="pattern-matches">
        {t('trigger.matches', { count: matching.length })}
      </p>
      {names.length > 1 && (
        <ul className={classes.names}>
          {names.slice(0, 12).map((name) => (
            <li key={name} className={classes.name} title={known.get(name)}>
              <bdi>{name}</bdi>
            </li>
          ))}
          {names.length > 12 && <li className={classes.quiet}>{t('trigger.andMore', { count: names.length - 12 })}</li>}
        </ul>
      )}
      {names.length === 1 && names[0] !== undefined && known.get(names[0]) && (
        <p className={classes.quiet}>{known.get(names[0])}</p>
      )}
    </div>
  );
}
