import { ActionIcon, Autocomplete, Button, Input, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { jsonEqual } from '#shared/kernel/json.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import classes from './Forms.module.css';

interface KeyValueInputProps {
  label: string;
  help?: string | undefined;
  value: JsonObject;
  onChange: (value: JsonObject) => void;
  /** Names to choose from. */
  names?: readonly string[];
  nameLabel: string;
  addLabel: string;
  error?: string | undefined;
  /** The input of one value. */
  children: (entry: { name: string; value: Json; set: (value: Json) => void }) => ReactNode;
}

interface Row {
  name: string;
  value: Json;
}

/** Names with values. A name that is empty or there twice is not stored, and stays in the form until it is right. */
export function KeyValueInput(props: KeyValueInputProps) {
  const { t } = useTranslation('rules');
  const { value, onChange } = props;
  const [held, setHeld] = useState<Row[]>(() => rowsOf(value));
  // What comes from elsewhere, as by undo, takes the place of what was typed here.
  const rows = jsonEqual(objectOf(held), value) ? held : rowsOf(value);
  if (rows !== held) setHeld(rows);
  const write = (next: Row[]) => {
    setHeld(next);
    const object = objectOf(next);
    if (!jsonEqual(object, value)) onChange(object);
  };
  const twice = (name: string) => rows.filter((row) => row.name === name).length > 1;
  return (
    <fieldset className={classes.pairs}>
      <legend className={classes.legend}>{props.label}</legend>
      {props.help && <Input.Description>{props.help}</Input.Description>}
      {rows.map((row, index) => (
        // Rows have no identity of their own: their place is what they are.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={classes.pairRow}>
          <Autocomplete
            size="xs"
            aria-label={props.nameLabel}
            placeholder={props.nameLabel}
            data={[...(props.names ?? [])]}
            value={row.name}
            spellCheck={false}
            classNames={{ input: classes.code }}
            error={twice(row.name) ? t('form.nameTwice') : undefined}
            onChange={(name) => write(rows.map((one, at) => (at === index ? { ...one, name } : one)))}
          />
          <Tooltip label={t('form.removeEntry')}>
            <ActionIcon
              size={30}
              aria-label={`${t('form.removeEntry')}: ${row.name}`}
              onClick={() => write(rows.filter((_one, at) => at !== index))}
            >
              <IconTrash size={14} />
            </ActionIcon>
          </Tooltip>
          <div className={classes.pairValue}>
            {props.children({
              name: row.name,
              value: row.value,
              set: (next) => write(rows.map((one, at) => (at === index ? { ...one, value: next } : one))),
            })}
          </div>
        </div>
      ))}
      {props.error && <Input.Error>{props.error}</Input.Error>}
      <Button
        size="compact-xs"
        variant="subtle"
        className={classes.addEntry}
        leftSection={<IconPlus size={12} />}
        onClick={() => write([...rows, { name: '', value: '' }])}
      >
        {props.addLabel}
      </Button>
    </fieldset>
  );
}

function rowsOf(value: JsonObject): Row[] {
  return Object.entries(value).map(([name, inner]) => ({ name, value: inner }));
}

function objectOf(rows: readonly Row[]): JsonObject {
  return Object.fromEntries(rows.filter((row) => row.name !== '').map((row) => [row.name, row.value]));
}
