import { IconDatabaseSearch, IconTagOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { eventType } from '#shared/resources/automation/eventType.ts';
import { useFoundRecord } from '#renderer/data/hooks/useFoundRecord.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { EventTypeForm } from './EventTypeForm.tsx';

const blank: (typeof eventType.body)['_output'] = {
  module: '',
  code: '',
  description: { en: '', ar: '', fr: '' },
  dataSchema: { type: 'object', properties: {} },
  isActive: true,
};

/** The entry of the catalogue that is open, `new` for one to be made. */
export function EventTypeDetail({ id }: { id: string }) {
  return id === 'new' || id === '' ? (
    <EventTypeForm key="new" record={undefined} body={blank} />
  ) : (
    <ExistingType id={id} />
  );
}

function ExistingType({ id }: { id: string }) {
  const { t } = useTranslation('automation');
  const found = useFoundRecord('eventType', id);
  if (found.state === 'reading') return <EmptyState icon={<IconDatabaseSearch size={32} />} title={t('reading')} />;
  const body = found.state === 'found' ? eventType.body.safeParse(found.record.record.body) : undefined;
  if (found.state === 'missing' || !body?.success)
    return (
      <EmptyState icon={<IconTagOff size={32} />} title={t('eventTypes.missing')} description={t('runs.missingText')} />
    );
  return <EventTypeForm key={id} record={found.record} body={body.data} />;
}
