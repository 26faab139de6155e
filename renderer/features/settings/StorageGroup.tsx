import { Alert, Skeleton } from '@mantine/core';
import { IconDatabaseX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import { byteText } from './byteText.ts';
import settings from './Settings.module.css';
import classes from './Storage.module.css';
import { StorageActions } from './StorageActions.tsx';
import { StorageTable } from './StorageTable.tsx';
import { useStorageReport } from './useStorageReport.ts';

/** What the replica takes up on this computer, and how much of the logs it keeps. */
export function StorageGroup() {
  const { t, i18n } = useTranslation('settings');
  const { report, problem, refresh } = useStorageReport();
  const section = useRef<HTMLElement>(null);
  useShownByLink(section, report !== undefined);
  return (
    <section className={settings.group} ref={section} data-testid="storage" aria-busy={!report}>
      <h2 className={settings.title}>{t('storage.title')}</h2>
      {problem !== '' && (
        <Alert variant="light" color="red" icon={<IconDatabaseX size={16} />} my={8}>
          {t('storage.failed', { problem })}
        </Alert>
      )}
      <div className={classes.summary}>
        <div className={classes.size}>
          {report ? (
            <>
              <span className={classes.bytes} data-testid="storage-size" data-bytes={report.bytes}>
                {byteText(report.bytes, i18n.language)}
              </span>
              <span className={classes.quiet}>
                {report.free > 0 && t('storage.free', { size: byteText(report.free, i18n.language) })}
                {report.free > 0 && ' · '}
                <bdi>{t('storage.engine', { engine: report.engine })}</bdi>
              </span>
            </>
          ) : (
            problem === '' && <Skeleton h={28} w={180} />
          )}
        </div>
        <StorageActions onDone={refresh} />
      </div>
      {report && <StorageTable report={report} onChosen={refresh} />}
      <p className={classes.note}>{t('storage.note')}</p>
    </section>
  );
}

/** `/settings?storage=1` scrolls here once the part has its height; the mark then leaves the address. */
function useShownByLink(section: RefObject<HTMLElement | null>, isDrawn: boolean): void {
  const query = useSearch();
  const [location, navigate] = useLocation();
  useEffect(() => {
    if (!isDrawn || !new URLSearchParams(query).has('storage')) return;
    section.current?.scrollIntoView({ block: 'start' });
    navigate(`${location}?`, { replace: true });
  }, [query, section, isDrawn, location, navigate]);
}
