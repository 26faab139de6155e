import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { DateInput, DateTimePicker } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import { useToldText } from '#renderer/ui/problems/useProblemText.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import type { SchemaField } from '#shared/domain/automation/events/schemaFields.ts';
import { askedFields, dataAt, textOfValue, valueOfText, withDataAt } from './eventDraft.ts';
import classes from './Setup.module.css';
import { useCalendarWords } from './useCalendarWords.ts';

interface EventDataFormProps {
  fields: readonly SchemaField[];
  data: JsonObject;
  onChange: (data: JsonObject) => void;
  /** Path within the data and what is wrong there. */
  fault: { path: string; message: string } | undefined;
}

/** A form for an event's data, made from the schema of its type. */
export function EventDataForm({ fields, data, onChange, fault }: EventDataFormProps) {
  const { t } = useTranslation('simulator');
  const toldText = useToldText();
  const asked = askedFields(fields);
  if (asked.length === 0) return <p className={classes.quiet}>{t('event.noFields')}</p>;
  return (
    <div className={classes.dataFields}>
      {asked.map((field) => (
        <DataField
          key={field.path}
          field={field}
          value={dataAt(data, field.path)}
          onChange={(value) => onChange(withDataAt(data, field.path, value))}
          error={fault?.path === field.path ? toldText(fault.message) : undefined}
        />
      ))}
    </div>
  );
}

interface DataFieldProps {
  field: SchemaField;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  error: string | undefined;
}

function DataField({ field, value, onChange, error }: DataFieldProps) {
  const { t } = useTranslation('simulator');
  const calendar = useCalendarWords();
  const common = { label: field.path, error, 'data-testid': `event-data-${field.path}` };
  switch (field.type) {
    case 'number':
      return (
        <NumberInput
          {...common}
          value={typeof value === 'number' ? value : ''}
          onChange={(given) => onChange(given === '' ? undefined : Number(given))}
        />
      );
    case 'boolean':
      return (
        <Checkbox
          {...common}
          checked={value === true}
          indeterminate={typeof value !== 'boolean'}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <Select
          {...common}
          data={field.options ?? []}
          value={typeof value === 'string' ? value : null}
          onChange={(chosen) => onChange(chosen ?? undefined)}
          clearable
        />
      );
    case 'date':
      return (
        <DateInput
          {...common}
          {...calendar}
          size="xs"
          clearable
          value={typeof value === 'string' ? value.slice(0, 10) : null}
          onChange={(chosen) => onChange(chosen ?? undefined)}
        />
      );
    case 'instant':
      return (
        <DateTimePicker
          {...common}
          {...calendar}
          clearable
          value={typeof value === 'string' ? localOf(value) : null}
          onChange={(chosen) => onChange(chosen === null ? undefined : new Date(chosen).toISOString())}
          submitButtonProps={{ 'aria-label': t('calendar.done') }}
        />
      );
    case 'text':
    case 'list':
    case 'object':
    case 'any':
      return (
        <TextInput
          {...common}
          value={textOfValue(value)}
          dir={field.type === 'text' ? 'auto' : 'ltr'}
          onChange={(event) => onChange(valueOfText(event.currentTarget.value, field.type))}
        />
      );
  }
}

/** An instant as the calendar writes it, in the time of this machine; null where it is none. */
function localOf(instant: string): string | null {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return null;
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 19).replace('T', ' ');
}
