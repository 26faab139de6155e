import { Checkbox, ColorInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Json } from '#shared/kernel/json.ts';
import type { FieldHint } from '#shared/records/fields.ts';
import { InstantInput } from '#renderer/ui/InstantInput.tsx';
import { JsonInput } from './JsonInput.tsx';
import classes from './Records.module.css';
import { ReferenceInput } from './ReferenceInput.tsx';

export interface FieldInputProps {
  /** As in `formFields`: also the test id, `field-<path>`. */
  path: string;
  hint: FieldHint;
  label: string;
  value: Json;
  onChange: (value: Json) => void;
  error?: string;
  required?: boolean;
  /** Choices in the words of the person. */
  options?: { value: string; label: string }[];
  /** Currency of a money field. */
  currency?: string;
  /** Tenant whose records a reference chooses from; '' = all. */
  tenantId?: string;
}

/** The input of one field, chosen by its hint. Numbers, money and JSON are text; see `formValue`. */
export function FieldInput(props: FieldInputProps) {
  const { path, hint, label, value, onChange, error, required, options, currency } = props;
  const { t } = useTranslation('records');
  const text = typeof value === 'string' ? value : '';
  const common = { label, error, withAsterisk: required, 'data-testid': `field-${path}` };
  const onText = (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value);
  switch (hint.widget) {
    case 'text':
      return <TextInput {...common} value={text} onChange={onText} dir="auto" />;
    case 'email':
      return <TextInput {...common} type="email" value={text} onChange={onText} dir="ltr" />;
    case 'url':
      return <TextInput {...common} type="url" value={text} onChange={onText} dir="ltr" />;
    case 'code':
      return (
        <TextInput
          {...common}
          value={text}
          onChange={onText}
          dir="ltr"
          spellCheck={false}
          classNames={{ input: classes.code }}
        />
      );
    case 'multiline':
      return <Textarea {...common} value={text} onChange={onText} dir="auto" autosize minRows={2} maxRows={12} />;
    case 'color':
      return <ColorInput {...common} value={text} onChange={onChange} format="hex" />;
    case 'number':
      return (
        <TextInput
          {...common}
          value={text}
          onChange={onText}
          dir="ltr"
          inputMode="decimal"
          rightSection={hint.unit && <span aria-hidden="true">{t(`unit.${hint.unit}`)}</span>}
          rightSectionWidth={hint.unit ? 72 : undefined}
          description={hint.unit && t(`unitLong.${hint.unit}`)}
          maw={280}
        />
      );
    case 'money':
      return (
        <TextInput
          {...common}
          value={text}
          onChange={onText}
          dir="ltr"
          inputMode="decimal"
          rightSection={<span>{currency}</span>}
          rightSectionWidth={52}
          maw={280}
        />
      );
    case 'boolean':
      return (
        <Checkbox
          label={label}
          error={error}
          data-testid={`field-${path}`}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <Select
          {...common}
          data={options ?? hint.options.map((option) => ({ value: option, label: option }))}
          value={text === '' ? null : text}
          onChange={(chosen) => onChange(chosen ?? '')}
          allowDeselect={!required}
          maw={360}
        />
      );
    case 'instant':
    case 'date':
      return <InstantInput {...common} value={text} onChange={onChange} withTime={hint.widget === 'instant'} />;
    case 'reference':
      return <ReferenceInput {...common} kind={hint.kind} value={text} onChange={onChange} tenantId={props.tenantId} />;
    case 'tags':
      return (
        <TagsInput
          {...common}
          value={Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []}
          onChange={onChange}
          description={t('tagsHelp')}
          dir="auto"
        />
      );
    case 'json':
      return <JsonInput {...common} value={text} onChange={onChange} />;
  }
}
