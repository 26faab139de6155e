import { Chip, Group, TextInput } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import { parsePattern } from '#shared/domain/automation/patterns/eventPattern.ts';
import { ChooseRecord } from './ChooseRecord.tsx';
import classes from './Setup.module.css';
import { presetDays } from './simulationPeriod.ts';
import type { Period } from './simulationPeriod.ts';
import { useCalendarWords } from './useCalendarWords.ts';
import type { SimulatorSetup } from './useSimulatorSetup.ts';

interface HistorySourceProps {
  setup: Pick<SimulatorSetup, 'period' | 'tenantId' | 'pattern'>;
  onChange: (part: Partial<SimulatorSetup>) => void;
}

/** Which stretch of the local history: a period, perhaps one tenant, perhaps events of a pattern. */
export function HistorySource({ setup, onChange }: HistorySourceProps) {
  const { t } = useTranslation('simulator');
  const calendar = useCalendarWords();
  const { period } = setup;
  const chosen = period.type === 'days' ? `days:${period.days}` : period.type;
  const choose = (value: string) => onChange({ period: periodOf(value) });
  const patternFault = setup.pattern !== '' && !parsePattern(setup.pattern).ok;
  return (
    <>
      <div role="group" aria-label={t('period.label')}>
        <p className={classes.label}>{t('period.label')}</p>
        <Chip.Group value={chosen} onChange={choose}>
          <Group gap={4}>
            {presetDays.map((days) => (
              <Chip key={days} size="xs" radius="sm" value={`days:${days}`}>
                {t('period.days', { count: days })}
              </Chip>
            ))}
            <Chip size="xs" radius="sm" value="all" data-testid="period-all">
              {t('period.all')}
            </Chip>
            <Chip size="xs" radius="sm" value="between">
              {t('period.between')}
            </Chip>
          </Group>
        </Chip.Group>
      </div>
      {period.type === 'between' && (
        <DatePickerInput
          {...calendar}
          type="range"
          size="xs"
          label={t('period.range')}
          valueFormat="D MMM YYYY"
          allowSingleDateInRange
          value={[period.from || null, period.to || null]}
          onChange={([from, to]) => onChange({ period: { type: 'between', from: from ?? '', to: to ?? '' } })}
        />
      )}
      <ChooseRecord
        kind="tenant"
        label={t('source.tenant')}
        placeholder={t('source.allTenants')}
        value={setup.tenantId}
        onChange={(tenantId) => onChange({ tenantId })}
      />
      <TextInput
        label={t('source.pattern')}
        placeholder={t('source.allEvents')}
        description={t('source.patternHelp')}
        error={patternFault ? t('source.patternFault') : undefined}
        value={setup.pattern}
        onChange={(event) => onChange({ pattern: event.currentTarget.value.trim() })}
        dir="ltr"
        data-testid="simulator-pattern"
      />
    </>
  );
}

function periodOf(value: string): Period {
  if (value === 'all') return { type: 'all' };
  if (value === 'between') return { type: 'between', from: '', to: '' };
  return { type: 'days', days: Number(value.slice('days:'.length)) };
}
