import { ActionIcon, Tooltip } from '@mantine/core';
import { IconTable } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface TableToggleProps {
  /** The figure it belongs to, for those who do not see it. */
  title: string;
  asTable: boolean;
  onChange: (asTable: boolean) => void;
  /** Stands for the drawn figure. */
  chartIcon: ReactNode;
  words: { showChart: string; showTable: string };
}

/** Switches a figure between its drawing and its table. */
export function TableToggle({ title, asTable, onChange, chartIcon, words }: TableToggleProps) {
  const label = asTable ? words.showChart : words.showTable;
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" aria-label={`${label}: ${title}`} onClick={() => onChange(!asTable)}>
        {asTable ? chartIcon : <IconTable size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}
