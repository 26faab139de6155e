import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { requireResource } from '#shared/resources/registry.ts';
import type { ListFilter } from '../replicaApi.ts';
import { choiceQuery, typedSearch, withChosen } from './recordChoices.ts';
import type { RecordChoice } from './recordChoices.ts';
import { useRecordList } from './useRecordList.ts';
import { useRecordWords } from './useRecordWords.ts';

/** Milliseconds after the last key before the records are searched. */
const searchPause = 120;

interface RecordChoices {
  data: RecordChoice[];
  onSearchChange: (text: string) => void;
  /** The engine has searched already, in more fields than the name; only the chosen record is left out where it does not fit. */
  filter: <Option extends object>(input: { options: Option[]; search: string }) => Option[];
}

/** What a searchable select of records needs, to be spread over it. `chosen` is the id of a record or ''. */
export function useRecordChoices(kind: string, chosen: string, filters?: readonly ListFilter[]): RecordChoices {
  const words = useRecordWords();
  const resource = requireResource(kind);
  const [text, setText] = useState('');
  const chosenLabel = words.name(kind, chosen);
  const [search] = useDebouncedValue(typedSearch(text, chosenLabel), searchPause);
  const { rows } = useRecordList(choiceQuery(resource, search, filters));
  const found = useMemo(
    () => rows.map(({ record }) => ({ value: record.id, label: words.title(record) })),
    [rows, words],
  );
  const data = useMemo(() => withChosen(found, { value: chosen, label: chosenLabel }), [found, chosen, chosenLabel]);
  const fitting = useMemo(() => new Set(found.map((choice) => choice.value)), [found]);
  return {
    data,
    onSearchChange: setText,
    filter: ({ options, search: typed }) =>
      typed === '' ? options : options.filter((option) => 'value' in option && fitting.has(String(option.value))),
  };
}
