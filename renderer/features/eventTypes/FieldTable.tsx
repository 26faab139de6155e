import { ActionIcon, Button, Checkbox, Select, Table, TagsInput, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './EventTypes.module.css';
import { columnTypes, withType } from './schemaTable.ts';
import type { ColumnType, SchemaRow } from './schemaTable.ts';

interface FieldTableProps {
  rows: readonly SchemaRow[];
  disabled: boolean;
  /** A name that stands twice; '' = none. */
  twice: string;
  onChange: (rows: SchemaRow[]) => void;
}

/** The fields of an event's data, one a line. */
export function FieldTable({ rows, disabled, twice, onChange }: FieldTableProps) {
  const { t } = useTranslation('automation');
  const set = (index: number, part: Partial<SchemaRow>) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  const add = () => {
    const numbers = rows.map((row) => Number(/^field(\d+)$/.exec(row.name)?.[1] ?? 0));
    const name = `field${Math.max(0, ...numbers) + 1}`;
    onChange([...rows, { name, type: 'text', required: false, description: '', options: [], rest: {} }]);
  };
  return (
    <>
      {rows.length > 0 && (
        <Table className={classes.fields} verticalSpacing={4} horizontalSpacing={4} withRowBorders={false}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('fields.name')}</Table.Th>
              <Table.Th className={classes.typeColumn}>{t('fields.type')}</Table.Th>
              <Table.Th className={classes.requiredColumn}>{t('fields.required')}</Table.Th>
              <Table.Th>{t('fields.description')}</Table.Th>
              <Table.Th className={classes.actColumn} aria-label={t('fields.remove')} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row, index) => (
              // A row is its place while its name is being typed.
              // oxlint-disable-next-line react/no-array-index-key
              <Table.Tr key={index}>
                <Table.Td>
                  <TextInput
                    aria-label={t('fields.name')}
                    dir="ltr"
                    value={row.name}
                    disabled={disabled}
                    error={row.name === twice && twice !== '' ? t('fields.twice') : undefined}
                    onChange={(event) => set(index, { name: event.currentTarget.value })}
                  />
                </Table.Td>
                <Table.Td>
                  <Select
                    aria-label={t('fields.typeOf', { name: row.name })}
                    data={columnTypes.map((value) => ({ value, label: t(`fieldType.${value}`) }))}
                    value={row.type}
                    allowDeselect={false}
                    disabled={disabled}
                    onChange={(value: ColumnType | null) => value && onChange(rows.with(index, withType(row, value)))}
                  />
                </Table.Td>
                <Table.Td>
                  <Checkbox
                    aria-label={t('fields.requiredOf', { name: row.name })}
                    checked={row.required}
                    disabled={disabled}
                    onChange={(event) => set(index, { required: event.currentTarget.checked })}
                  />
                </Table.Td>
                <Table.Td>
                  {row.type === 'choice' ? (
                    <TagsInput
                      aria-label={t('fields.optionsOf', { name: row.name })}
                      placeholder={row.options.length === 0 ? t('fields.options') : undefined}
                      value={row.options}
                      disabled={disabled}
                      onChange={(options) => set(index, { options })}
                    />
                  ) : (
                    <TextInput
                      aria-label={t('fields.descriptionOf', { name: row.name })}
                      value={row.description}
                      disabled={disabled}
                      onChange={(event) => set(index, { description: event.currentTarget.value })}
                    />
                  )}
                </Table.Td>
                <Table.Td>
                  <ActionIcon
                    aria-label={t('fields.removeOf', { name: row.name })}
                    disabled={disabled}
                    onClick={() => onChange(rows.filter((_, at) => at !== index))}
                  >
                    <IconTrash size={14} />
                  </ActionIcon>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {!disabled && (
        <Button
          size="compact-sm"
          variant="default"
          className={classes.add}
          leftSection={<IconPlus size={14} />}
          data-testid="add-field"
          onClick={add}
        >
          {t('fields.add')}
        </Button>
      )}
    </>
  );
}
