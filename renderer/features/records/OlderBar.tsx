import { Button, Tooltip } from '@mantine/core';
import { IconCloudDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '#shared/records/defineResource.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import classes from './Older.module.css';
import { OlderDrawer } from './OlderDrawer.tsx';
import type { ListField } from './listView.ts';

interface OlderBarProps {
  resource: Resource;
  /** The columns of the list above. */
  fields: readonly ListField[];
  /** It stands in a bar that is there already. */
  within?: boolean;
}

/** Below a list of which only the newest part is here: says so, and leads to the rest. Nothing for other lists. */
export function OlderBar({ resource, fields, within = false }: OlderBarProps) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const replica = useReplica();
  const isOnline = useSyncPart((status) => status.connection === 'online');
  const [opened, setOpened] = useState(false);
  const since = replica.heldSince(resource.kind);
  if (since === undefined) return null;
  const Bar = within ? 'div' : 'footer';
  return (
    <Bar className={within ? classes.within : classes.bar} data-testid="older-bar">
      <span>{t('older.heldSince', { date: words.day(since.slice(0, 10), 'full') })}</span>
      <Tooltip label={t('older.offline')} disabled={isOnline}>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconCloudDown size={14} />}
          aria-disabled={!isOnline || undefined}
          data-disabled={!isOnline || undefined}
          data-testid="older-open"
          onClick={() => isOnline && setOpened(true)}
        >
          {t('older.show')}
        </Button>
      </Tooltip>
      {opened && <OlderDrawer resource={resource} fields={fields} since={since} onClose={() => setOpened(false)} />}
    </Bar>
  );
}
