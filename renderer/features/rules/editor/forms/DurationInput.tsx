import { Input, NumberInput, Select } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { minutesOf, offsetOf } from '../trigger/offset.ts';
import classes from './Forms.module.css';

interface DurationInputProps {
  label: string;
  description?: string | undefined;
  error?: string | undefined;
  withAsterisk?: boolean | undefined;
  /** Minutes. */
  value: number;
  onChange: (minutes: number) => void;
  /** What nothing means, where nothing is possible. */
  zero?: string;
  testId?: string;
}

/** A length of time in its largest whole unit, kept in minutes. */
export function DurationInput({ label, value, onChange, zero, testId, ...wrapper }: DurationInputProps) {
  const { t } = useTranslation('rules');
  const id = useId();
  const [wanted, setWanted] = useState(() => (value === 0 ? ('minutes' as const) : offsetOf(value).unit));
  const { amount, unit } = value === 0 ? { amount: 0, unit: wanted } : offsetOf(value, wanted);
  return (
    <Input.Wrapper {...wrapper} label={label} id={id} labelProps={{ htmlFor: id }} size="xs">
      <span className={classes.duration}>
        <NumberInput
          id={id}
          value={amount === 0 && zero !== undefined ? '' : amount}
          placeholder={zero ?? ''}
          min={zero === undefined ? 1 : 0}
          allowDecimal={false}
          onChange={(next) => onChange(Math.round((typeof next === 'number' ? next : 0) * minutesOf[unit]))}
          data-testid={testId}
        />
        <Select
          aria-label={`${label}: ${t('trigger.unit')}`}
          data={(['minutes', 'hours', 'days'] as const).map((one) => ({ value: one, label: t(`unit.${one}`) }))}
          value={unit}
          allowDeselect={false}
          onChange={(next) => {
            const chosen = next === 'hours' || next === 'days' ? next : 'minutes';
            setWanted(chosen);
            onChange(Math.round(Math.max(1, amount) * minutesOf[chosen]));
          }}
        />
      </span>
    </Input.Wrapper>
  );
}
