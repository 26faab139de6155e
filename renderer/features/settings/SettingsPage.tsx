import { SegmentedControl, Select, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AppInfo } from '#shared/ipc/contract.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useRoleWords } from '#renderer/data/hooks/useRoleWords.ts';
import { useSyncStatus } from '#renderer/data/hooks/useSyncStatus.ts';
import { PageHeader } from '#renderer/ui/PageHeader.tsx';
import { useDensity } from '#renderer/ui/useDensity.ts';
import { ServerAddress } from './ServerAddress.tsx';
import classes from './Settings.module.css';
import { SettingsGroup, SettingsRow } from './SettingsGroup.tsx';
import { StorageGroup } from './StorageGroup.tsx';

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
        <SettingsGroup title={t('appearance')}>
          <SettingsRow label={t('theme')}>
            <SegmentedControl
              size="xs"
              aria-label={t('theme')}
              value={colorScheme}
              onChange={(value) => setColorScheme(value)}
              data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`scheme.${value}`) }))}
            />
          </SettingsRow>
          <SettingsRow label={t('density')}>
            <SegmentedControl
              size="xs"
              aria-label={t('density')}
              value={density}
              onChange={(value) => setDensity(value)}
              data={(['dense', 'comfortable'] as const).map((value) => ({ value, label: t(`densities.${value}`) }))}
            />
          </SettingsRow>
          <SettingsRow label={t('language')}>
            <Select
              w={200}
              aria-label={t('language')}
              data={languages}
              value={i18n.language}
              allowDeselect={false}
              onChange={(value) => value && void i18n.changeLanguage(value)}
            />
          </SettingsRow>
        </SettingsGroup>
        <Connection info={info} />
        <StorageGroup />
        <SettingsGroup title={t('about')}>
          <SettingsRow label={t('version')}>{info.version}</SettingsRow>
          <SettingsRow label="Electron">{info.electron}</SettingsRow>
          <SettingsRow label="Chromium">{info.chrome}</SettingsRow>
          <SettingsRow label={t('installation')}>
            <code className={classes.code}>{info.clientId}</code>
          </SettingsRow>
        </SettingsGroup>
      </div>
    </div>
  );
}

function Connection({ info }: { info: AppInfo }) {
  const { t } = useTranslation('settings');
  const words = useRecordWords();
  const status = useSyncStatus();
  const principal = usePrincipal();
  const roleWords = useRoleWords();
  return (
    <SettingsGroup title={t('connection')}>
      <SettingsRow label={t('server')}>
        <ServerAddress serverUrl={info.serverUrl} unsent={status.unsent} />
      </SettingsRow>
      <SettingsRow label={t('signedInAs')}>{principal?.name}</SettingsRow>
      <SettingsRow label={t('roles')}>{principal && roleWords.list(principal.grants)}</SettingsRow>
      <SettingsRow label={t('protection')}>{t(`protections.${info.protection}`)}</SettingsRow>
      <SettingsRow label={t('repairs')}>
        {status.repairs.length === 0
          ? t('noRepairs')
          : status.repairs.slice(0, 5).map((repair) => (
              <div key={`${repair.at}${repair.collection}`}>
                {words.instant(repair.at)} · {t(`repairReasons.${repair.reason}`)} · {repair.collection}
              </div>
            ))}
      </SettingsRow>
    </SettingsGroup>
  );
}
