import { ActionIcon, Button, Group, Popover, Select, Stack } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Json } from '#shared/kernel/json.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { FilterOperator, ListFilter } from '#renderer/data/replicaApi.ts';
import { FilterValueInput } from './FilterValueInput.tsx';
import { operatorsOf } from './listView.ts';
import type { FilterType, ListField } from './listView.ts';
import classes from './RecordList.module.css';

interface FilterChipProps {
  kind: string;
  field: ListField;
  filter: ListFilter;
  opened: boolean;
  onOpened: (opened: boolean) => void;
  onChange: (filter: ListFilter) => void;
  onRemove: () => void;
}

/** One filter of a list: reads as a sentence, opens to be changed. */
export function FilterChip({ kind, field, filter, opened, onOpened, onChange, onRemove }: FilterChipProps) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const label = words.field(kind, field.path);
  const operator = (one: FilterOperator) => t(`operator.${operatorWord(field.type, one)}`);
  const asText = (value: Json | undefined): string => {
    if (Array.isArray(value))
      return value.map(asText).join(filter.operator === 'between' ? ` ${t('list.and')} ` : words.listSeparator);
    if (field.hint.widget === 'reference' && typeof value === 'string') return words.name(field.hint.kind, value);
    if (field.type === 'status') return words.state(kind, String(value ?? ''));
    if (field.type === 'instant') return words.instant(String(value ?? ''));
    if (field.type === 'money' && typeof value === 'number') return words.number(value / 100);
    return words.value(kind, field.path, value);
  };
  const compares = filter.operator !== 'is_empty' && filter.operator !== 'is_not_empty';
  return (
    <Popover opened={opened} onChange={onOpened} position="bottom-start" width={320} shadow="md" trapFocus>
      <Popover.Target>
        <span className={classes.chip} data-testid={`filter-${field.path}`}>
          <button type="button" className={classes.chipText} onClick={() => onOpened(!opened)}>
            <span className={classes.quiet}>{label}</span> {operator(filter.operator)}{' '}
            {compares && <b className={classes.chipValue}>{asText(filter.value) || '…'}</b>}
          </button>
          <ActionIcon
            size="xs"
            variant="subtle"
            color="gray"
            aria-label={`${t('list.removeFilter')}: ${label}`}
            onClick={onRemove}
          >
            <IconX size={12} />
          </ActionIcon>
        </span>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Select
            label={label}
            size="xs"
            comboboxProps={{ withinPortal: false }}
            allowDeselect={false}
            data={operatorsOf(field.type).map((one) => ({ value: one, label: operator(one) }))}
            value={filter.operator}
            onChange={(chosen) => {
              const next = operatorsOf(field.type).find((one) => one === chosen) ?? filter.operator;
              onChange({ path: filter.path, operator: next, value: convert(filter.value, next) });
            }}
          />
          {compares && (
            <FilterValueInput
              kind={kind}
              field={field}
              filter={filter}
              onChange={(value) => onChange({ ...filter, value })}
            />
          )}
          <Group justify="flex-end">
            <Button size="xs" variant="default" onClick={() => onOpened(false)}>
              {t('close')}
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Times are before and after, not less and more. */
function operatorWord(type: FilterType, operator: FilterOperator): string {
  if (type !== 'instant') return operator;
  return operator === 'less' ? 'before' : operator === 'greater' ? 'after' : operator;
}

/** What was chosen, in the form that the next operator compares with. */
function convert(value: Json | undefined, operator: FilterOperator): Json | undefined {
  const first = Array.isArray(value) ? value[0] : value;
  if (operator === 'in') return first === undefined ? [] : [first];
  if (operator === 'between') return [first ?? '', ''];
  return first;
}
