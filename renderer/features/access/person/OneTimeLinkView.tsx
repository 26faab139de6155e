import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { OneTimeLink } from '#shared/protocol/accounts.ts';
import classes from './Person.module.css';

interface OneTimeLinkViewProps {
  link: OneTimeLink;
  purpose: 'invitation' | 'password-reset';
}

/** A link that is told once, to be taken to its person. */
export function OneTimeLinkView({ link, purpose }: OneTimeLinkViewProps) {
  const { t } = useTranslation('access');
  const words = useRecordWords();
  return (
    <div className={classes.link} data-testid="one-time-link">
      <p>{t(purpose === 'invitation' ? 'link.invitation' : 'link.passwordReset')}</p>
      <div className={classes.linkLine}>
        <code dir="ltr" aria-label={t('link.label')} data-testid="link-text">
          {link.link}
        </code>
        <CopyButton value={link.link}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              data-testid="copy-link"
              onClick={copy}
            >
              {t(copied ? 'link.copied' : 'link.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
      <p className={classes.quiet}>
        {t('link.until', { when: words.instant(link.expiresAt) })} {t(link.mailed ? 'link.mailed' : 'link.notMailed')}
      </p>
    </div>
  );
}
