import 'dayjs/locale/ar';
import 'dayjs/locale/fr';
import { DatePickerInput, DateTimePicker } from '@mantine/dates';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';

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
  const { t, i18n } = useTranslation('records');
  const local = value === '' || Number.isNaN(Date.parse(value)) ? null : dayjs(value).format('YYYY-MM-DD HH:mm:ss');
  const common = {
    ...input,
    locale: i18n.language.slice(0, 2),
    clearable: true,
    hideOutsideDates: true,
    weekendDays: [],
    clearButtonProps: { 'aria-label': t('date.clear') },
    ariaLabels: {
      previousMonth: t('date.previous'),
      nextMonth: t('date.next'),
      previousYear: t('date.previous'),
      nextYear: t('date.next'),
      previousDecade: t('date.previous'),
      nextDecade: t('date.next'),
      monthLevelControl: t('date.months'),
      yearLevelControl: t('date.years'),
    },
    placeholder: t('noInstant'),
    maw: 360,
    onChange: (chosen: string | null) =>
      onChange(chosen === null ? '' : new Date(chosen.replace(' ', 'T')).toISOString()),
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
