import { NumberInput, Select, Switch, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '#shared/kernel/json.ts';

interface ValueEditorProps {
  label: string;
  value: Json | undefined;
  /** Words to choose from, where the field has a fixed list. */
  options?: readonly { value: string; label: string }[];
  onChange: (value: Json) => void;
}

/** Edits one value by its own type: text, number, yes or no, a choice, or JSON where it is anything else. */
export function ValueEditor({ label, value, options, onChange }: ValueEditorProps) {
  if (options && typeof value === 'string') {
    return (
      <Select
        aria-label={label}
        data={options.map((option) => ({ ...option }))}
        value={value}
        allowDeselect={false}
        onChange={(chosen) => chosen !== null && onChange(chosen)}
      />
    );
  }
  if (typeof value === 'string' || value === undefined) {
    return (
      <Textarea
        aria-label={label}
        autosize
        minRows={1}
        maxRows={8}
        value={value ?? ''}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  if (typeof value === 'number') {
    return (
      <NumberInput
        aria-label={label}
        value={value}
        onChange={(typed) => typeof typed === 'number' && onChange(typed)}
      />
    );
  }
  if (typeof value === 'boolean') {
    return <Switch aria-label={label} checked={value} onChange={(event) => onChange(event.currentTarget.checked)} />;
  }
  return <JsonEditor label={label} value={value} onChange={onChange} />;
}

function JsonEditor({ label, value, onChange }: { label: string; value: Json; onChange: (value: Json) => void }) {
  const { t } = useTranslation('inbox');
  const [text, setText] = useState(() => JSON.stringify(value, null, 2));
  const [broken, setBroken] = useState(false);
  const type = (typed: string) => {
    setText(typed);
    const parsed = parseJson(typed);
    setBroken(!parsed.ok);
    if (parsed.ok) onChange(parsed.value);
  };
  return (
    <Textarea
      aria-label={label}
      autosize
      minRows={3}
      maxRows={12}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      dir="ltr"
      value={text}
      error={broken ? t('edit.notJson') : undefined}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}

function parseJson(text: string): { ok: true; value: Json } | { ok: false } {
  try {
    const value: Json = JSON.parse(text);
    return { ok: true, value };
  } catch {
    return { ok: false };
  }
}
