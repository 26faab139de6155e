import { DatePickerInput, DateTimePicker } from '@mantine/dates';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useCalendarProps } from './useCalendarProps.ts';

interface InstantInputProps {
  label?: string;
  /** ISO 8601 UTC, '' for none. */
  value: string;
  onChange: (value: string) => void;
  /** Without, the day is its beginning here. */
  withTime: boolean;
  error?: string;
  withAsterisk?: boolean;
  'aria-label'?: string;
  'data-testid'?: string;
}

/** A point in time, shown and chosen in the time of this machine and kept in UTC. */
export function InstantInput({ value, onChange, withTime, ...input }: InstantInputProps) {
  const { t } = useTranslation('records');
  const calendar = useCalendarProps();
  const local = value === '' || Number.isNaN(Date.parse(value)) ? null : dayjs(value).format('YYYY-MM-DD HH:mm:ss');
  const common = {
    ...input,
    ...calendar,
    clearable: true,
    clearButtonProps: { 'aria-label': t('date.clear') },
    placeholder: t('noInstant'),
    maw: 360,
    onChange: (chosen: string | null) => onChange(chosen === null ? '' : dayjs(chosen).toISOString()),
  };
  if (!withTime) return <DatePickerInput {...common} value={local?.slice(0, 10) ?? null} valueFormat="D MMM YYYY" />;
  return (
    <DateTimePicker
      {...common}
      value={local}
      valueFormat="D MMM YYYY HH:mm"
      submitButtonProps={{ 'aria-label': t('date.done') }}
      timePickerProps={{ hoursInputLabel: t('date.hours'), minutesInputLabel: t('date.minutes') }}
    />
  );
}
