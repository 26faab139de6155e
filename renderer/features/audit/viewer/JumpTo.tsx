import { ActionIcon, Group, NumberInput, Popover, Stack, Tooltip } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { IconArrowRight, IconCalendarSearch } from '@tabler/icons-react';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCalendarProps } from '#renderer/ui/useCalendarProps.ts';

interface JumpToProps {
  /** ISO 8601: the end of the chosen day here, newest first, or its beginning. */
  descending: boolean;
  onDay: (instant: string) => void;
  onNumber: (number: number) => void;
}

/** Goes to a day of the log, or to the entries with a number. */
export function JumpTo({ descending, onDay, onNumber }: JumpToProps) {
  const { t } = useTranslation('audit');
  const calendar = useCalendarProps();
  const [opened, setOpened] = useState(false);
  const [number, setNumber] = useState<string | number>('');
  const jump = () => {
    if (typeof number !== 'number') return;
    setOpened(false);
    onNumber(number);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={t('jump.title')}>
          <ActionIcon
            size={30}
            variant="default"
            aria-label={t('jump.title')}
            data-testid="audit-jump"
            onClick={() => setOpened(!opened)}
          >
            <IconCalendarSearch size={14} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <DatePicker
            {...calendar}
            size="xs"
            onChange={(day) => {
              if (day === null) return;
              setOpened(false);
              onDay((descending ? dayjs(day).endOf('day') : dayjs(day).startOf('day')).toISOString());
            }}
          />
          <form
            onSubmit={(event) => {
              event.preventDefault();
              jump();
            }}
          >
            <Group gap={4} align="flex-end" wrap="nowrap">
              <NumberInput
                flex={1}
                label={t('jump.number')}
                min={1}
                max={999_999_999_999_999}
                allowDecimal={false}
                hideControls
                value={number}
                data-testid="jump-number"
                onChange={setNumber}
              />
              <ActionIcon type="submit" size={30} variant="default" aria-label={t('jump.go')} data-testid="jump-go">
                <IconArrowRight size={14} className="mirrored" />
              </ActionIcon>
            </Group>
          </form>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
