import { Button, SegmentedControl } from '@mantine/core';
import { IconActivity, IconShieldCheck } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { auditViews, noAuditFilters } from '#renderer/data/audit/auditFilters.ts';
import { standingRefusals, useWitness } from '#renderer/data/audit/useWitness.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import list from '#renderer/ui/ListPage.module.css';
import { PageHeader } from '#renderer/ui/PageHeader.tsx';
import { ActivityPanel } from './viewer/ActivityPanel.tsx';
import { AuditFilterBar } from './viewer/AuditFilterBar.tsx';
import { AuditList } from './viewer/AuditList.tsx';
import { FilterChips } from './viewer/FilterChips.tsx';
import { SearchMenu } from './viewer/SearchMenu.tsx';
import { useAuditFilters } from './viewer/useAuditFilters.ts';
import classes from './viewer/Viewer.module.css';

/** The audit log: everything that happened, found quickly. `Older` leads to what is kept on the server only. */
export function AuditPage({ Older }: { Older: ComponentType }) {
  const { t } = useTranslation('audit');
  const [, navigate] = useLocation();
  const look = useAuditFilters();
  const me = usePrincipal()?.id ?? '';
  const refused = standingRefusals(useWitness()).length;
  const [isActivityClosed, setActivityClosed] = useState(false);
  const actorId = look.filters.view === 'mine' ? me : look.filters.actorId;
  return (
    <div className={list.page}>
      <PageHeader
        title={t('title')}
        actions={
          <div className={classes.toolsEnd}>
            <SearchMenu look={look} />
            <Button
              variant="default"
              color={refused > 0 ? 'red' : undefined}
              leftSection={<IconShieldCheck size={14} />}
              data-testid="open-proof"
              onClick={() => navigate('/audit/proof')}
            >
              {t('proof.title')}
            </Button>
          </div>
        }
      />
      <div className={classes.tools}>
        <SegmentedControl
          size="xs"
          aria-label={t('views.label')}
          value={look.filters.view}
          data={auditViews.map((value) => ({ value, label: t(`views.${value}`) }))}
          data-testid="audit-view"
          onChange={(view) => look.show({ ...noAuditFilters, view: view })}
        />
        {actorId !== '' && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            aria-expanded={!isActivityClosed}
            leftSection={<IconActivity size={14} />}
            onClick={() => setActivityClosed(!isActivityClosed)}
          >
            {t(isActivityClosed ? 'activity.show' : 'activity.hide')}
          </Button>
        )}
      </div>
      <AuditFilterBar look={look} />
      <FilterChips look={look} />
      {actorId !== '' && !isActivityClosed && <ActivityPanel actorId={actorId} look={look} />}
      <AuditList look={look} older={<Older />} />
    </div>
  );
}
