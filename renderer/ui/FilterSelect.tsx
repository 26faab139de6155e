import { MultiSelect, Select } from '@mantine/core';
import type { MultiSelectProps, SelectProps } from '@mantine/core';
import classes from './ListPage.module.css';

interface FilterSelectProps<Value extends string> extends Pick<
  SelectProps,
  'searchable' | 'onSearchChange' | 'filter'
> {
  /** What is chosen, said where nothing is chosen yet. */
  label: string;
  wide?: boolean;
  data: readonly { value: Value; label: string }[];
  /** '' = everything. */
  value: Value | '';
  onChange: (value: Value | '') => void;
  'data-testid'?: string;
}

/** One choice in a filter bar; none means everything. */
export function FilterSelect<Value extends string>(props: FilterSelectProps<Value>) {
  const { label, wide, data, value, onChange, ...select } = props;
  return (
    <Select
      {...select}
      data={data}
      className={wide ? classes.wide : classes.choice}
      aria-label={label}
      placeholder={label}
      clearable
      value={value || null}
      onChange={(chosen) => onChange(data.find((one) => one.value === chosen)?.value ?? '')}
    />
  );
}

interface FilterChoicesProps extends Pick<MultiSelectProps, 'data' | 'searchable' | 'maxDropdownHeight'> {
  label: string;
  /** Empty = everything. */
  value: readonly string[];
  onChange: (value: string[]) => void;
  'data-testid'?: string;
}

/** Several choices in a filter bar; none means everything. */
export function FilterChoices({ label, value, onChange, ...props }: FilterChoicesProps) {
  return (
    <MultiSelect
      {...props}
      className={classes.wide}
      aria-label={label}
      placeholder={value.length === 0 ? label : undefined}
      clearable
      value={[...value]}
      onChange={onChange}
    />
  );
}
