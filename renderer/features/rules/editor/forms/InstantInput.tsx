import 'dayjs/locale/ar';
import 'dayjs/locale/fr';
import { DateTimePicker } from '@mantine/dates';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';

interface InstantInputProps {
  label?: string;
  'aria-label'?: string;
  /** ISO 8601, '' for none. */
  value: string;
  onChange: (value: string) => void;
  placeholder?: string | undefined;
  error?: string | boolean | undefined;
}

/** A point in time, chosen in the time of this machine and kept in UTC. */
export function InstantInput({ value, onChange, ...input }: InstantInputProps) {
  const { t, i18n } = useTranslation(['rules', 'records']);
  const local = value === '' || Number.isNaN(Date.parse(value)) ? null : dayjs(value).format('YYYY-MM-DD HH:mm:ss');
  return (
    <DateTimePicker
      {...input}
      size="xs"
      clearable
      hideOutsideDates
      weekendDays={[]}
      locale={i18n.language.slice(0, 2)}
      value={local}
      valueFormat="D MMM YYYY HH:mm"
      onChange={(chosen) => onChange(chosen === null ? '' : dayjs(chosen).toISOString())}
      clearButtonProps={{ 'aria-label': t('records:date.clear') }}
      submitButtonProps={{ 'aria-label': t('records:date.done') }}
      timePickerProps={{
        hoursInputLabel: t('records:date.hours'),
        minutesInputLabel: t('records:date.minutes'),
      }}
      ariaLabels={{
        previousMonth: t('records:date.previous'),
        nextMonth: t('records:date.next'),
        previousYear: t('records:date.previous'),
        nextYear: t('records:date.next'),
        previousDecade: t('records:date.previous'),
        nextDecade: t('records:date.next'),
        monthLevelControl: t('records:date.months'),
        yearLevelControl: t('records:date.years'),
      }}
    />
  );
}
