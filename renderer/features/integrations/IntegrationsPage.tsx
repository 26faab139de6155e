import { useTranslation } from 'react-i18next';
import { PageHeader } from '#renderer/ui/PageHeader.tsx';
import list from '#renderer/ui/ListPage.module.css';
import { ApiKeys } from './ApiKeys.tsx';
import classes from './Integrations.module.css';
import { Secrets } from './Secrets.tsx';
import { SendExample } from './SendExample.tsx';

/** What connects the platform with this console's server: keys to send events with, secrets that steps sign with. */
export function IntegrationsPage() {
  const { t } = useTranslation('automation');
  return (
    <div className={list.page} data-testid="integrations-page">
      <PageHeader title={t('integrations.title')} description={t('integrations.text')} />
      <div className={classes.scroll}>
        <ApiKeys />
        <SendExample />
        <Secrets />
      </div>
    </div>
  );
}
