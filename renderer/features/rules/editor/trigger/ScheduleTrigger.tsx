import { Button, Select, TextInput } from '@mantine/core';
import cronstrue from 'cronstrue/i18n.js';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { occurrences, parseSchedule } from '#shared/domain/automation/values/occurrences.ts';
import type { Trigger } from '#shared/resources/automation/trigger.ts';
import { useEditorStore } from '../model/useEditor.ts';
import { useFieldProblem } from '../model/useProblems.ts';
import { cronPresets } from './cronPresets.ts';
import classes from './Trigger.module.css';

/** Occurrences shown. */
const shown = 5;

/** A cron expression with a time zone, in words, and when it comes next. */
export function ScheduleTrigger({ trigger }: { trigger: Extract<Trigger, { type: 'schedule' }> }) {
  const { t, i18n } = useTranslation('rules');
  const store = useEditorStore();
  const cronProblem = useFieldProblem({ part: 'trigger' }, 'cron');
  const zoneProblem = useFieldProblem({ part: 'trigger' }, 'timeZone');
  const [openedAt] = useState(() => Date.now());
  const zones = useMemo(
    () => [...new Set([trigger.timeZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])],
    [trigger.timeZone],
  );
  const parsed = useMemo(() => parseSchedule(trigger.cron, trigger.timeZone), [trigger.cron, trigger.timeZone]);
  const language = i18n.language.slice(0, 2);
  const sentence = useMemo(() => {
    try {
      return cronstrue.toString(trigger.cron, {
        locale: language,
        use24HourTimeFormat: language !== 'en',
        verbose: true,
      });
    } catch {
      return '';
    }
  }, [trigger.cron, language]);
  const change = (next: Partial<typeof trigger>, run?: string) =>
    store.getState().change({ trigger: { ...trigger, ...next } }, run);
  return (
    <div className={classes.form}>
      <div className={classes.presets} role="group" aria-label={t('trigger.presets')}>
        {cronPresets.map(({ name, cron }) => (
          <Button
            key={name}
            size="compact-xs"
            variant={cron === trigger.cron ? 'filled' : 'default'}
            aria-pressed={cron === trigger.cron}
            onClick={() => change({ cron })}
          >
            {t(`cron.${name}`)}
          </Button>
        ))}
      </div>
      <div data-field="cron">
        <TextInput
          label={t('trigger.cron')}
          description={t('trigger.cronHelp')}
          value={trigger.cron}
          onChange={(event) => change({ cron: event.currentTarget.value }, 'trigger.cron')}
          error={cronProblem.error ?? (parsed.ok ? undefined : parsed.error)}
          spellCheck={false}
          classNames={{ input: classes.cron }}
          data-testid="trigger-cron"
        />
      </div>
      <div data-field="timeZone">
        <Select
          label={t('trigger.timeZone')}
          data={zones}
          value={trigger.timeZone}
          onChange={(timeZone) => timeZone && change({ timeZone })}
          searchable
          allowDeselect={false}
          limit={60}
          nothingFoundMessage={t('trigger.noZone')}
          error={zoneProblem.error}
          data-testid="trigger-zone"
        />
      </div>
      {sentence !== '' && (
        <p className={classes.sentence} data-testid="cron-sentence">
          {sentence}
        </p>
      )}
      {parsed.ok && (
        <div>
          <p className={classes.matches}>{t('trigger.next')}</p>
          <ol className={classes.times} data-testid="cron-next">
            {occurrences(parsed.value, openedAt, shown).map((at) => (
              <li key={at}>
                <time dateTime={new Date(at).toISOString()}>
                  {new Intl.DateTimeFormat(i18n.language, {
                    weekday: 'short',
                    day: 'numeric',
                    month: 'short',
                    year: 'numeric',
                    hour: '2-digit',
                    minute: '2-digit',
                    timeZone: trigger.timeZone,
                    timeZoneName: 'short',
                  }).format(at)}
                </time>
              </li>
            ))}
          </ol>
        </div>
      )}
    </div>
  );
}
