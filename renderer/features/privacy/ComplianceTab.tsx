import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconPlugConnectedX, IconReload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { complianceAnswerSchema } from '#shared/protocol/privacy.ts';
import type { ComplianceAnswer } from '#shared/protocol/privacy.ts';
import { resourceByKind } from '#shared/resources/registry.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useServerCall } from '#renderer/data/hooks/useServerCall.ts';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import classes from './Privacy.module.css';
import { useKindWords } from './useKindWords.ts';

/** Findings of one check that are listed. */
const listed = 8;

/** Looks through everything the server keeps for what ought not to be there. Only the server can. */
export function ComplianceTab() {
  const { t } = useTranslation('privacy');
  const problemText = useProblemText();
  const answer = useServerCall('/v1/compliance');
  const read = complianceAnswerSchema.safeParse(answer.value);
  const found = read.success ? read.data : undefined;
  return (
    <div className={`${classes.scroll} ${classes.narrow}`} data-testid="compliance">
      <div className={classes.headRow}>
        <p className={classes.quiet}>
          {found ? (
            <>
              {t('compliance.checked')} <RelativeTime instant={found.checkedAt} />
            </>
          ) : (
            t(answer.loading ? 'compliance.reading' : 'compliance.text')
          )}
        </p>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconReload size={14} />}
          loading={answer.asking}
          onClick={answer.reload}
        >
          {t('compliance.again')}
        </Button>
      </div>
      {answer.problem && (
        <p className={classes.notice} role="status">
          <IconPlugConnectedX size={16} aria-hidden="true" />
          <span>{problemText(answer.problem)}</span>
        </p>
      )}
      {found && (
        <div className={classes.compliance}>
          {found.checks.map((check) => (
            <Check key={check.check} check={check} />
          ))}
        </div>
      )}
    </div>
  );
}

function Check({ check }: { check: ComplianceAnswer['checks'][number] }) {
  const { t } = useTranslation('privacy');
  const words = useRecordWords();
  const kinds = useKindWords();
  const ok = check.count === 0;
  return (
    <section className={classes.rule} data-ok={ok ? 'yes' : 'no'} data-testid={`check-${check.check}`}>
      {ok ? <IconCircleCheck size={18} aria-hidden="true" /> : <IconAlertTriangle size={18} aria-hidden="true" />}
      <div className={classes.ruleText}>
        <h2 className={classes.heading}>{t(`compliance.checks.${check.check}.title`)}</h2>
        <p className={classes.quiet}>{t(`compliance.checks.${check.check}.text`)}</p>
        {!ok && (
          <ul className={classes.findings}>
            {check.findings.slice(0, listed).map(({ kind, id, path }) => (
              <li key={`${kind}/${id}/${path}`} className={classes.sample}>
                {resourceByKind(kind) && id !== '' ? (
                  <RecordLink kind={kind} id={id}>
                    {words.name(kind, id)}
                  </RecordLink>
                ) : (
                  <span>{kind === 'file' ? id : kinds(kind)}</span>
                )}
                {path !== '' && (
                  <code className={classes.path} dir="ltr">
                    {path}
                  </code>
                )}
              </li>
            ))}
            {check.count > listed && (
              <li className={classes.quiet}>{t('compliance.more', { count: check.count - listed })}</li>
            )}
          </ul>
        )}
      </div>
      <div className={classes.ruleState}>
        <StatusMark tone={ok ? 'success' : 'warning'}>
          {ok ? t('compliance.ok') : t('compliance.found', { count: check.count })}
        </StatusMark>
        <p className={classes.quiet}>{t('compliance.looked', { count: check.looked })}</p>
      </div>
    </section>
  );
}
