import { Button, Group, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Records.module.css';

interface JsonInputProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string;
  withAsterisk?: boolean;
  'data-testid': string;
}

/** JSON as text, with a button that lays it out again. */
export function JsonInput({ value, onChange, ...input }: JsonInputProps) {
  const { t } = useTranslation('records');
  const formatted = layOut(value);
  return (
    <div>
      <Textarea
        {...input}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        dir="ltr"
        autosize
        minRows={3}
        maxRows={18}
        spellCheck={false}
        classNames={{ input: classes.code }}
      />
      {formatted !== undefined && formatted !== value && (
        <Group mt={4}>
          <Button size="compact-xs" variant="subtle" onClick={() => onChange(formatted)}>
            {t('jsonFormat')}
          </Button>
        </Group>
      )}
    </div>
  );
}

function layOut(text: string): string | undefined {
  try {
    return text.trim() === '' ? undefined : JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return undefined;
  }
}
