import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useKnowledge } from '../model/KnowledgeContext.ts';

const made = 'made';

/** What the previews of this panel are made with. */
export function SamplePicker() {
  const { t } = useTranslation('rules');
  const words = useRecordWords();
  const { sample } = useKnowledge();
  return (
    <Select
      label={t('sample.label')}
      description={sample.events.length === 0 ? t('sample.none') : undefined}
      data={[
        { value: made, label: t('sample.made') },
        ...sample.events.map((event) => ({
          value: event.id,
          label: `${words.title(event)} · ${words.instant(event.createdAt)}`,
        })),
      ]}
      value={sample.eventId === '' ? made : sample.eventId}
      allowDeselect={false}
      onChange={(next) => sample.choose(next === made || next === null ? '' : next)}
      data-testid="sample"
    />
  );
}
