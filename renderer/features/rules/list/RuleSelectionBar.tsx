import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import type { Selection } from '#renderer/data/list/selection.ts';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import list from '#renderer/ui/ListPage.module.css';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';

interface RuleSelectionBarProps {
  selected: Selection;
  onExport: () => void;
  onClear: () => void;
}

/** What can be done with every selected rule. Switching many asks first and says how it went. */
export function RuleSelectionBar({ selected, onExport, onClear }: RuleSelectionBarProps) {
  const { t } = useTranslation('automation');
  const problemText = useProblemText();
  const replica = useReplica();
  const access = useAccess();
  const [asked, setAsked] = useState<'activate' | 'pause'>();
  const [busy, setBusy] = useState(false);
  const change = async (isActive: boolean) => {
    setAsked(undefined);
    setBusy(true);
    let done = 0;
    let refused = '';
    for (const record of selected.values()) {
      if (record.body['isActive'] === isActive) continue;
      const outcome = await replica.edit('rule', record.id, { body: { isActive } });
      if (outcome.ok) done += 1;
      else refused = problemText(outcome.error);
    }
    setBusy(false);
    notifications.show({
      ...(refused === '' ? {} : { color: 'red' }),
      title: t(isActive ? 'rules.activated' : 'rules.pausedMany', { count: done }),
      message: refused,
    });
  };
  const affected = (isActive: boolean) =>
    [...selected.values()].filter((record: RecordEnvelope) => record.body['isActive'] !== isActive).length;
  const whyNot = access('automation.edit');
  return (
    <div className={list.selection} role="toolbar" aria-label={t('table.selected', { count: selected.size })}>
      <b data-testid="selected-count">{t('table.selected', { count: selected.size })}</b>
      <GuardedButton
        size="compact-sm"
        variant="default"
        leftSection={<IconPlayerPlay size={14} />}
        whyNot={whyNot}
        loading={busy}
        data-testid="activate-selected"
        onClick={() => setAsked('activate')}
      >
        {t('rules.activate')}
      </GuardedButton>
      <GuardedButton
        size="compact-sm"
        variant="default"
        leftSection={<IconPlayerPause size={14} />}
        whyNot={whyNot}
        loading={busy}
        data-testid="pause-selected"
        onClick={() => setAsked('pause')}
      >
        {t('rules.pause')}
      </GuardedButton>
      <Button size="compact-sm" variant="default" leftSection={<IconDownload size={14} />} onClick={onExport}>
        {t('exchange.export')}
      </Button>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={onClear}>
        {t('table.clear')}
      </Button>
      {asked && (
        <ReasonDialog
          reason="none"
          danger={asked === 'pause'}
          words={{
            title: t(`rules.${asked}Title`, { count: affected(asked === 'activate') }),
            confirm: t(`rules.${asked}`),
            cancel: t('cancel'),
          }}
          onClose={() => setAsked(undefined)}
          onConfirm={() => void change(asked === 'activate')}
        >
          {t(`rules.${asked}Text`)}
        </ReasonDialog>
      )}
    </div>
  );
}
