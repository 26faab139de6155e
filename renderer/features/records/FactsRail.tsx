import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import classes from './Records.module.css';

/** Who, when, whose, and which version. */
export function FactsRail({ resource, record }: { resource: Resource; record: RecordEnvelope }) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const { kind } = resource;
  return (
    <aside aria-label={t('facts')}>
      <dl className={classes.facts}>
        {resource.scope !== 'platform' && (
          <Fact label={words.field(kind, 'tenantId')}>
            {record.tenantId === '' ? (
              t('platform')
            ) : (
              <RecordLink kind="tenant" id={record.tenantId}>
                {words.name('tenant', record.tenantId)}
              </RecordLink>
            )}
          </Fact>
        )}
        {record.assignedTo !== '' && (
          <Fact label={words.field(kind, 'assignedTo')}>{words.name('staff', record.assignedTo)}</Fact>
        )}
        <Fact label={words.field(kind, 'createdAt')}>
          <RelativeTime instant={record.createdAt} />
          <span className={classes.quietLine}>{words.name('staff', record.createdBy)}</span>
        </Fact>
        <Fact label={words.field(kind, 'updatedAt')}>
          <RelativeTime instant={record.updatedAt} />
          <span className={classes.quietLine}>{words.name('staff', record.updatedBy)}</span>
        </Fact>
        <Fact label={words.field(kind, 'version')}>{words.number(record.version)}</Fact>
        <Fact label={words.field(kind, 'id')}>
          <span className={classes.id} title={record.id} dir="ltr">
            {record.id.length > 14 ? `${record.id.slice(0, 6)}…${record.id.slice(-6)}` : record.id}
          </span>
          <CopyButton value={record.id}>
            {({ copied, copy }) => (
              <Tooltip label={copied ? t('copied') : t('copyId')}>
                <ActionIcon variant="subtle" color="gray" size="xs" aria-label={t('copyId')} onClick={copy}>
                  {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
                </ActionIcon>
              </Tooltip>
            )}
          </CopyButton>
        </Fact>
      </dl>
    </aside>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className={classes.factLabel}>{label}</dt>
      <dd className={classes.fact}>{children}</dd>
    </div>
  );
}
