import { Button, Table } from '@mantine/core';
import { IconAlertTriangle, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { previewAnswerSchema } from '#shared/protocol/privacy.ts';
import type { PrivacyPreview } from '#shared/protocol/privacy.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { privacyRequest } from '#shared/resources/access/privacyRequest.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import classes from './Privacy.module.css';
import { PreviewKind } from './PreviewKind.tsx';
import { useReplicaSearch } from './useReplicaSearch.ts';

type Asked =
  | { state: 'idle' }
  | { state: 'asking' }
  | { state: 'done'; preview: PrivacyPreview }
  | { state: 'failed'; problem: string };

/** Where the person is: on the server when there is a connection, else in what this console holds. It says which. */
export function SubjectPreview({ record }: { record: RecordEnvelope }) {
  const { t } = useTranslation('privacy');
  const problemText = useProblemText();
  const words = useRecordWords();
  const access = useAccess();
  const replica = useReplica();
  const online = useSyncPart((status) => status.connection === 'online' && !status.workOffline);
  const local = useReplicaSearch();
  const [asked, setAsked] = useState<Asked>({ state: 'idle' });
  const [where, setWhere] = useState<'server' | 'replica'>('server');
  const body = privacyRequest.body.safeParse(record.body).data;
  if (!body) return null;
  const { subjectEmail, subjectName, subjectRecords } = body;
  const askServer = async () => {
    setWhere('server');
    setAsked({ state: 'asking' });
    const payload = { subjectEmail, subjectName, subjectRecords, tenantId: record.tenantId };
    const outcome = await replica.call('POST', '/v1/privacy/preview', payload);
    const read = outcome.ok ? previewAnswerSchema.safeParse(outcome.value) : undefined;
    if (read?.success) setAsked({ state: 'done', preview: read.data });
    else setAsked({ state: 'failed', problem: outcome.ok ? t('preview.unreadable') : problemText(outcome.error) });
  };
  const askReplica = () => {
    setWhere('replica');
    local.start({ emails: [subjectEmail], names: [subjectName], records: subjectRecords }, record.tenantId);
  };
  const { search } = local;
  const shown = where === 'server' ? asked : search;
  const preview = shown.state === 'done' ? shown.preview : undefined;
  const busy = shown.state === 'asking' || shown.state === 'running';
  return (
    <section className={classes.section} data-testid="subject-preview" data-where={preview ? where : ''}>
      <div className={classes.headRow}>
        <h2 className={classes.heading}>{t('preview.title')}</h2>
        <GuardedButton
          variant="default"
          size="xs"
          leftSection={<IconSearch size={14} />}
          whyNot={access('gdpr.view', record)}
          loading={busy}
          data-testid="look-for-person"
          onClick={() => (online ? void askServer() : askReplica())}
        >
          {t(online ? 'preview.server' : 'preview.replica')}
        </GuardedButton>
      </div>
      <p className={classes.quiet} role="status">
        {shown.state === 'running'
          ? t('preview.running', { count: shown.scanned })
          : preview
            ? t(where === 'server' ? 'preview.onServer' : 'preview.onReplica', { count: preview.scanned })
            : t(online ? 'preview.text' : 'preview.offline')}
      </p>
      {shown.state === 'failed' && (
        <p className={classes.notice} data-tone="danger">
          <IconAlertTriangle size={16} aria-hidden="true" />
          <span>{shown.problem}</span>
        </p>
      )}
      {preview && preview.holds.length > 0 && (
        <p className={classes.notice} data-testid="holds">
          <IconAlertTriangle size={16} aria-hidden="true" />
          <span>{t('preview.holds', { names: preview.holds.join(words.listSeparator) })}</span>
        </p>
      )}
      {preview &&
        (preview.kinds.length === 0 ? (
          <p>{t('preview.nothing')}</p>
        ) : (
          <Table verticalSpacing={6} className={classes.table}>
            <Table.Tbody>
              {preview.kinds.map((found) => (
                <PreviewKind key={found.kind} found={found} />
              ))}
            </Table.Tbody>
          </Table>
        ))}
      {preview && where === 'server' && (
        <Button variant="subtle" size="compact-xs" style={{ alignSelf: 'flex-start' }} onClick={askReplica}>
          {t('preview.alsoHere')}
        </Button>
      )}
    </section>
  );
}
