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
  error?: string | boolean | undefined;
  placeholder?: string | undefined;
  withAsterisk?: boolean;
  'aria-label'?: string;
  'data-testid'?: string;
}

/** A point in time, shown and chosen in the time of this machine and kept in UTC. */
export function InstantInput({ value, onChange, withTime, ...input }: InstantInputProps) {
  const { t, i18n } = useTranslation('records');
  const calendar = useCalendarProps();
  // The order in which the same day stands in tables.
  const day = i18n.language.startsWith('en') ? 'MMM D, YYYY' : 'D MMM YYYY';
  const local = value === '' || Number.isNaN(Date.parse(value)) ? null : dayjs(value).format('YYYY-MM-DD HH:mm:ss');
  const common = {
    placeholder: t('noInstant'),
    ...input,
    ...calendar,
    clearable: true,
    clearButtonProps: { 'aria-label': t('date.clear') },
    maw: 360,
    onChange: (chosen: string | null) => onChange(chosen === null ? '' : dayjs(chosen).toISOString()),
  };
  if (!withTime) return <DatePickerInput {...common} value={local?.slice(0, 10) ?? null} valueFormat={day} />;
  return (
    <DateTimePicker
      {...common}
      value={local}
      valueFormat={`${day} HH:mm`}
      submitButtonProps={{ 'aria-label': t('date.done') }}
      timePickerProps={{ hoursInputLabel: t('date.hours'), minutesInputLabel: t('date.minutes') }}
    />
  );
}
