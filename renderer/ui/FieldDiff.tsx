import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './FieldDiff.module.css';

export interface FieldDiffRow {
  key: string;
  label: string;
  before: ReactNode;
  after: ReactNode;
}

interface FieldDiffProps {
  rows: readonly FieldDiffRow[];
  words: { caption: string; field: string; before: string; after: string };
  /** 'waiting' paints the new value in the colour of what is not sent yet. */
  tone?: 'plain' | 'waiting';
}

/** What changed, field by field: the old value beside the new one. */
export function FieldDiff({ rows, words, tone = 'plain' }: FieldDiffProps) {
  return (
    <Table className={classes.table} verticalSpacing={4} horizontalSpacing={8} withRowBorders={false}>
      <caption className={classes.caption}>{words.caption}</caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th className={classes.label}>{words.field}</Table.Th>
          <Table.Th>{words.before}</Table.Th>
          <Table.Th>{words.after}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.key}>
            <Table.Th scope="row" className={classes.label}>
              {row.label}
            </Table.Th>
            <Table.Td className={classes.before}>{row.before}</Table.Td>
            <Table.Td className={classes.after} data-tone={tone}>
              {row.after}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
