import { ActionIcon, Drawer } from '@mantine/core';
import { IconArrowLeft, IconCloud } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { useTenantFilter } from '#renderer/data/hooks/tenantFilter.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import classes from './Older.module.css';
import { OlderRecord } from './OlderRecord.tsx';
import { OlderTable } from './OlderTable.tsx';
import type { ListField } from './listView.ts';
import { useOlderRecords } from './useOlderRecords.ts';

interface OlderDrawerProps {
  resource: Resource;
  fields: readonly ListField[];
  /** ISO 8601: what is shown was changed before it. */
  since: string;
  onClose: () => void;
}

/** Records that only the server has: a list, and one of them to read. Shown as long as it is mounted. */
export function OlderDrawer({ resource, fields, since, onClose }: OlderDrawerProps) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const chosen = useTenantFilter();
  const tenantId = resource.scope === 'platform' ? '' : chosen;
  const older = useOlderRecords(resource.kind, tenantId);
  const [open, setOpen] = useState<RecordEnvelope>();
  const list = useRef<HTMLDivElement>(null);
  const date = words.day(since.slice(0, 10), 'full');
  const back = () => {
    const id = open?.id ?? '';
    setOpen(undefined);
    // The list was hidden, not gone: it is where it was, and so is the person's place in it.
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-record="${CSS.escape(id)}"]`)?.focus());
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="70%"
      // The keys of the list beneath are not meant while this is open.
      onKeyDown={(event) => event.stopPropagation()}
      transitionProps={{ duration: 120 }}
      classNames={{ content: classes.content, body: classes.body, header: classes.header, title: classes.title }}
      title={
        open ? (
          <span className={classes.titleRow}>
            <ActionIcon size="sm" aria-label={t('older.back')} data-testid="older-back" data-autofocus onClick={back}>
              <IconArrowLeft size={16} className="mirrored" />
            </ActionIcon>
            <span className={classes.titleText} dir="auto">
              {words.title(open)}
            </span>
          </span>
        ) : (
          t('older.title', { kinds: words.kinds(resource.kind), date })
        )
      }
    >
      <p className={classes.hint}>
        <IconCloud size={14} aria-hidden="true" />
        <span>
          {t('older.notKept')}
          {!open && (
            <> {tenantId === '' ? t('older.order') : t('older.orderOf', { tenant: words.name('tenant', tenantId) })}</>
          )}
        </span>
        <Link href="/settings?storage=1" className={classes.keepMore}>
          {t('older.keepMore')}
        </Link>
      </p>
      <div className={classes.list} hidden={open !== undefined} ref={list}>
        <OlderTable resource={resource} fields={fields} older={older} onOpen={setOpen} />
      </div>
      {open && <OlderRecord resource={resource} record={open} />}
    </Drawer>
  );
}
