import { Avatar, Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useRoleWords } from '#renderer/data/hooks/useRoleWords.ts';
import { useServerCall } from '#renderer/data/hooks/useServerCall.ts';
import { PageHeader } from '#renderer/ui/PageHeader.tsx';
import { accountAnswerSchema } from '#shared/protocol/accounts.ts';
import classes from './Account.module.css';
import { ComputerCard } from './ComputerCard.tsx';
import { NotificationsCard } from './NotificationsCard.tsx';
import { SecurityCard } from './SecurityCard.tsx';
import { SessionsCard } from './SessionsCard.tsx';

/** Who one is here, how one proves it, and where one is signed in. */
export function AccountPage() {
  const { t } = useTranslation('account');
  const words = useRecordWords();
  const roleWords = useRoleWords();
  const principal = usePrincipal();
  const answer = useServerCall('/v1/account');
  const account = accountAnswerSchema.safeParse(answer.value).data;
  if (!principal) return null;
  return (
    <div className={classes.page} data-testid="account-page">
      <PageHeader title={t('title')} description={t('subtitle')} />
      <div className={classes.groups}>
        <section className={`${classes.card} ${classes.cardHead} ${classes.person}`} aria-label={principal.name}>
          <Avatar size={48} radius={48} color="teal" name={principal.name} />
          <div className={classes.personWords}>
            <h2 className={classes.name}>{principal.name}</h2>
            <p className={classes.quiet}>
              <bdi>{account?.email ?? ''}</bdi>
            </p>
          </div>
          <div className={classes.roles}>
            {principal.grants.map(({ role, tenants, expiresAt }) => (
              <Badge key={`${role}${String(tenants)}`} variant="light" size="lg" radius="sm">
                <bdi>{roleWords.nameOfKey(role)}</bdi>
                {tenants !== '*' && ` · ${t('roles.tenants', { count: tenants.length })}`}
                {expiresAt && ` · ${t('roles.until', { date: words.instant(expiresAt) })}`}
              </Badge>
            ))}
          </div>
        </section>
        <SecurityCard account={account} answer={answer} />
        <ComputerCard hasPassword={account?.hasPassword} />
        <NotificationsCard staffId={principal.id} />
        <SessionsCard staffId={principal.id} sessionId={account?.sessionId ?? ''} />
      </div>
    </div>
  );
}
