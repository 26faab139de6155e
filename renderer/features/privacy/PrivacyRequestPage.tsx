import { IconAlertTriangle, IconCheck, IconDownload, IconEyeOff, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { textIn } from '#shared/records/readBody.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useRecord } from '#renderer/data/hooks/useRecord.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import detailPage from '#renderer/ui/DetailPage.module.css';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { useToldText } from '#renderer/ui/problems/useProblemText.ts';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import { DueMark } from './DueMark.tsx';
import classes from './Privacy.module.css';
import { ProofSection } from './ProofSection.tsx';
import { RequestFacts } from './RequestFacts.tsx';
import { SubjectPreview } from './SubjectPreview.tsx';
import { TouchedTable } from './TouchedTable.tsx';
import { useApproval } from './useApproval.ts';
import { useExport } from './useExport.ts';

/** One request: whose, what was found, what was decided, how far it is, and the proof that it was done. */
export function PrivacyRequestPage({ id }: { id: string }) {
  const { t } = useTranslation('privacy');
  const found = useRecord('privacyRequest', id);
  if (!found)
    return <EmptyState icon={<IconEyeOff size={32} />} title={t('page.missing')} description={t('page.missingText')} />;
  return <RequestView record={found.record} waiting={found.badge === 'waiting'} />;
}

function RequestView({ record, waiting }: { record: RecordEnvelope; waiting: boolean }) {
  const { t } = useTranslation('privacy');
  const words = useRecordWords();
  const toldText = useToldText();
  const access = useAccess();
  const approval = useApproval(record.id);
  const exportData = useExport(record.id);
  const online = useSyncPart((status) => status.connection === 'online' && !status.workOffline);
  const [asked, setAsked] = useState<'approved' | 'refused'>();
  const { status, body } = record;
  const type = textIn(body, 'type');
  const named = textIn(body, 'subjectName') || textIn(body, 'subjectEmail');
  const known = named !== '' || (Array.isArray(body['subjectRecords']) && body['subjectRecords'].length > 0);
  const decidable = status === 'received' || status === 'failed';
  const problem = textIn(body, 'problem');
  const whyNotExport =
    access('gdpr.export', record) ||
    (known ? '' : t('act.erased')) ||
    (type === 'export' && ['approved', 'running', 'done'].includes(status) ? '' : t('act.notGranted')) ||
    (online ? '' : t('act.onlineOnly'));
  return (
    <div className={detailPage.page} data-testid="privacy-request" data-status={status}>
      <header className={detailPage.head}>
        <div className={detailPage.headWords}>
          <div className={detailPage.marks}>
            <StatusMark tone={words.tone('privacyRequest', status)}>{words.state('privacyRequest', status)}</StatusMark>
            {waiting && <span>{t('page.unsent')}</span>}
            <DueMark record={record} />
          </div>
          <h1 className={detailPage.title}>
            {words.value('privacyRequest', 'body.type', type)}
            {named === '' ? '' : ` · ${named}`}
          </h1>
        </div>
        <div className={detailPage.headActions}>
          <GuardedButton
            variant="default"
            leftSection={<IconDownload size={14} />}
            whyNot={whyNotExport}
            loading={exportData.busy}
            data-testid="export-data"
            onClick={() => void exportData.run()}
          >
            {t('act.export')}
          </GuardedButton>
          {decidable && (
            <>
              <GuardedButton
                variant="default"
                leftSection={<IconX size={14} />}
                whyNot={access('gdpr.edit', record)}
                data-testid="refuse-request"
                onClick={() => setAsked('refused')}
              >
                {t('act.refuse')}
              </GuardedButton>
              <GuardedButton
                {...(type === 'export' ? {} : { color: 'red' })}
                leftSection={<IconCheck size={14} />}
                whyNot={access('gdpr.erase', record) || (known ? '' : t('act.erased'))}
                data-testid="approve-request"
                onClick={() => setAsked('approved')}
              >
                {t('act.approve')}
              </GuardedButton>
            </>
          )}
        </div>
      </header>
      <div className={classes.columns} style={{ flex: 1, minBlockSize: 0, overflowY: 'auto' }}>
        <RequestFacts record={record} />
        <div className={classes.main}>
          {problem !== '' && (
            <p className={classes.notice} data-tone="danger" role="status" data-testid="request-problem">
              <IconAlertTriangle size={16} aria-hidden="true" />
              <span>{toldText(problem)}</span>
            </p>
          )}
          <TouchedTable record={record} />
          {status === 'done' && <ProofSection record={record} />}
          {known && <SubjectPreview record={record} />}
        </div>
      </div>
      {asked && (
        <ReasonDialog
          reason="required"
          danger={asked === 'approved' && type !== 'export'}
          words={{
            title: t(`act.${asked}.title`),
            confirm: t(asked === 'approved' ? 'act.approve' : 'act.refuse'),
            cancel: t('cancel'),
            reason: t('act.reason'),
            reasonHelp: t(`act.${asked}.reasonHelp`),
            reasonMissing: t('act.reasonMissing'),
          }}
          onClose={() => setAsked(undefined)}
          onConfirm={(reason) => {
            setAsked(undefined);
            void approval(asked, reason);
          }}
        >
          {asked === 'approved' ? t(`types.${type}`) : t('act.refused.text')}
        </ReasonDialog>
      )}
    </div>
  );
}
