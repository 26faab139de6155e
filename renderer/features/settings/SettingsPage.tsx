import { SegmentedControl, Select, useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppInfo } from '#shared/ipc/contract.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useSyncStatus } from '#renderer/data/hooks/useSyncStatus.ts';
import { PageHeader } from '#renderer/ui/PageHeader.tsx';
import { useDensity } from '#renderer/ui/useDensity.ts';
import { ServerAddress } from './ServerAddress.tsx';
import classes from './Settings.module.css';

interface SettingsPageProps {
  info: AppInfo;
  languages: { value: string; label: string }[];
}

/** How the console looks and speaks on this computer, and what it is connected to. */
export function SettingsPage({ info, languages }: SettingsPageProps) {
  const { t, i18n } = useTranslation('settings');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [density, setDensity] = useDensity();
  return (
    <div className={classes.page}>
      <PageHeader title={t('title')} description={t('subtitle')} />
      <div className={classes.groups}>
        <Group title={t('appearance')}>
          <Row label={t('theme')}>
            <SegmentedControl
              size="xs"
              aria-label={t('theme')}
              value={colorScheme}
              onChange={(value) => setColorScheme(value)}
              data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`scheme.${value}`) }))}
            />
          </Row>
          <Row label={t('density')}>
            <SegmentedControl
              size="xs"
              aria-label={t('density')}
              value={density}
              onChange={(value) => setDensity(value)}
              data={(['dense', 'comfortable'] as const).map((value) => ({ value, label: t(`densities.${value}`) }))}
            />
          </Row>
          <Row label={t('language')}>
            <Select
              w={200}
              aria-label={t('language')}
              data={languages}
              value={i18n.language}
              allowDeselect={false}
              onChange={(value) => value && void i18n.changeLanguage(value)}
            />
          </Row>
        </Group>
        <Connection info={info} />
        <Group title={t('about')}>
          <Row label={t('version')}>{info.version}</Row>
          <Row label="Electron">{info.electron}</Row>
          <Row label="Chromium">{info.chrome}</Row>
          <Row label={t('installation')}>
            <code className={classes.code}>{info.clientId}</code>
          </Row>
        </Group>
      </div>
    </div>
  );
}

function Connection({ info }: { info: AppInfo }) {
  const { t } = useTranslation('settings');
  const words = useRecordWords();
  const status = useSyncStatus();
  const principal = usePrincipal();
  return (
    <Group title={t('connection')}>
      <Row label={t('server')}>
        <ServerAddress serverUrl={info.serverUrl} unsent={status.unsent} />
      </Row>
      <Row label={t('signedInAs')}>{principal?.name}</Row>
      <Row label={t('roles')}>{principal?.grants.map((grant) => grant.role.replaceAll('_', ' ')).join(', ')}</Row>
      <Row label={t('protection')}>{t(`protections.${info.protection}`)}</Row>
      <Row label={t('documents')}>{words.number(status.documents)}</Row>
      <Row label={t('repairs')}>
        {status.repairs.length === 0
          ? t('noRepairs')
          : status.repairs.slice(0, 5).map((repair) => (
              <div key={`${repair.at}${repair.collection}`}>
                {words.instant(repair.at)} · {t(`repairReasons.${repair.reason}`)} · {repair.collection}
              </div>
            ))}
      </Row>
    </Group>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.group}>
      <h2 className={classes.title}>{title}</h2>
      <dl className={classes.rows}>{children}</dl>
    </section>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.row}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
