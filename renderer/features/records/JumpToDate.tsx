import { Button, Popover } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { notifications } from '@mantine/notifications';
import { IconCalendarSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PageReader } from '#renderer/data/replicaApi.ts';
import { dayBoundary } from './dayBoundary.ts';
import { useCalendarProps } from '#renderer/ui/useCalendarProps.ts';

interface JumpToDateProps {
  reader: Pick<PageReader, 'positionOf'>;
  descending: boolean;
  onJump: (index: number) => void;
}

/** Goes to a day of a list that is sorted by time. */
export function JumpToDate({ reader, descending, onJump }: JumpToDateProps) {
  const { t } = useTranslation('records');
  const calendar = useCalendarProps();
  const [opened, setOpened] = useState(false);
  const [day, setDay] = useState<string | null>(null);
  const jump = async (chosen: string) => {
    try {
      onJump(await reader.positionOf(dayBoundary(chosen, descending)));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      notifications.show({ color: 'red', title: t('list.failedTitle'), message });
    }
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconCalendarSearch size={14} />}
          data-testid="jump-to-date"
          onClick={() => setOpened(!opened)}
        >
          {t('list.jump')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <DatePicker
          {...calendar}
          size="xs"
          value={day}
          onChange={(chosen) => {
            setDay(chosen);
            if (chosen === null) return;
            setOpened(false);
            void jump(chosen);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
