import { SegmentedControl, Select } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '#shared/resources/automation/rule.ts';
import { ruleTest } from '#shared/resources/automation/ruleTest.ts';
import { useRecord } from '#renderer/data/hooks/useRecord.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { AssumptionsForm } from './AssumptionsForm.tsx';
import { defaultAssumptions } from './assumptions.ts';
import { ChooseRecord } from './ChooseRecord.tsx';
import { EventForm } from './EventForm.tsx';
import { EventPicker } from './EventPicker.tsx';
import { HistorySource } from './HistorySource.tsx';
import { ruleOf } from './readSides.ts';
import classes from './Setup.module.css';
import { VersionPicker } from './VersionPicker.tsx';
import type { SimulatorSetup, SourceType } from './useSimulatorSetup.ts';

interface SetupPanelProps {
  setup: SimulatorSetup;
  /** The rule is settled by the page around. */
  fixedRule: boolean;
  /** A version that is not saved. */
  draft: Rule['body'] | undefined;
  onChange: (part: Partial<SimulatorSetup>) => void;
}

const sources: readonly SourceType[] = ['history', 'stored', 'test', 'made'];

/** Which rule, on what, and what is assumed. */
export function SetupPanel({ setup, fixedRule, draft, onChange }: SetupPanelProps) {
  const { t } = useTranslation('simulator');
  const hasDraft = draft !== undefined;
  const saved = useRecord('rule', setup.ruleId)?.record;
  const body = useMemo(() => saved && ruleOf(saved)?.body, [saved]);
  const steps = (setup.version === 'draft' ? draft : body)?.steps ?? [];
  return (
    <div className={classes.setup} tabIndex={0} role="region" aria-label={t('setup')}>
      <section className={classes.section} aria-label={t('rule.heading')}>
        <h2 className={classes.heading}>{t('rule.heading')}</h2>
        {!fixedRule && (
          <ChooseRecord
            kind="rule"
            label={t('rule.label')}
            value={setup.ruleId}
            onChange={(ruleId) =>
              onChange({
                ruleId,
                version: 'saved',
                other: undefined,
                testId: '',
                assumptions: defaultAssumptions,
              })
            }
            needed
            data-testid="simulator-rule"
          />
        )}
        <VersionPicker
          ruleId={setup.ruleId}
          hasDraft={hasDraft}
          version={setup.version}
          other={setup.other}
          onChange={onChange}
        />
      </section>
      <section className={classes.section} aria-label={t('source.heading')}>
        <h2 className={classes.heading}>{t('source.heading')}</h2>
        <SegmentedControl
          orientation="vertical"
          fullWidth
          size="xs"
          value={setup.source}
          onChange={(value) => onChange({ source: sources.find((one) => one === value) ?? 'history' })}
          data={sources.map((value) => ({ value, label: t(`source.${value}`) }))}
          aria-label={t('source.heading')}
          data-testid="simulator-source"
        />
        {setup.source === 'history' && <HistorySource setup={setup} onChange={onChange} />}
        {setup.source === 'stored' && (
          <EventPicker value={setup.eventId} onChange={(eventId) => onChange({ eventId })} tenantId={setup.tenantId} />
        )}
        {setup.source === 'test' && (
          <TestPicker ruleId={setup.ruleId} value={setup.testId} onChange={(testId) => onChange({ testId })} />
        )}
        {setup.source === 'made' && <EventForm event={setup.event} onChange={(event) => onChange({ event })} />}
      </section>
      <AssumptionsForm steps={steps} value={setup.assumptions} onChange={(assumptions) => onChange({ assumptions })} />
    </div>
  );
}

function TestPicker(props: { ruleId: string; value: string; onChange: (testId: string) => void }) {
  const { t } = useTranslation('simulator');
  const { rows } = useRecordList({
    kind: ruleTest.kind,
    filters: [{ path: 'body.ruleId', operator: 'is', value: props.ruleId }],
    sort: [{ path: 'body.name', descending: false }],
  });
  if (rows.length === 0) return <p className={classes.quiet}>{t('source.noTests')}</p>;
  return (
    <Select
      label={t('source.test')}
      placeholder={t('choose')}
      data={rows.map(({ record }) => ({ value: record.id, label: String(record.body['name'] ?? '') }))}
      value={props.value === '' ? null : props.value}
      onChange={(value) => props.onChange(value ?? '')}
      searchable
      nothingFoundMessage={t('noneFound')}
    />
  );
}
