import { ActionIcon, Kbd, Switch, Tooltip } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { IconArrowBackUp, IconArrowForwardUp, IconKeyboard, IconSearch } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import type { EditHistory } from '#renderer/data/undoableReplica.ts';
import { BrandMark } from '#renderer/ui/BrandMark.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { AppearanceMenu } from './AppearanceMenu.tsx';
import { LanguageMenu } from './LanguageMenu.tsx';
import classes from './Shell.module.css';
import { TenantSwitcher } from './TenantSwitcher.tsx';
import { useHistorySteps } from './useHistorySteps.ts';

interface HeaderProps {
  history: EditHistory;
  onShortcuts: () => void;
}

export function Header({ history, onShortcuts }: HeaderProps) {
  const { t } = useTranslation('shell');
  const replica = useReplica();
  const workOffline = useSyncPart((status) => status.workOffline);
  const { canUndo, canRedo } = useSyncExternalStore(history.observe, history.state);
  const { undo, redo } = useHistorySteps(history);
  return (
    <header className={classes.header}>
      <Link href="/" className={classes.brand}>
        <BrandMark size={20} /> Steward
      </Link>
      <TenantSwitcher />
      <button type="button" className={classes.search} onClick={() => spotlight.open()} data-testid="open-palette">
        <IconSearch size={14} aria-hidden="true" />
        <span>{t('searchOrCommand')}</span>
        <Kbd size="xs">Ctrl K</Kbd>
      </button>
      <span className={classes.grow} />
      <Tooltip label={t('undo')}>
        <ActionIcon aria-label={t('undo')} disabled={!canUndo} onClick={undo} data-testid="undo">
          <IconArrowBackUp size={16} className="mirrored" />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('redo')}>
        <ActionIcon aria-label={t('redo')} disabled={!canRedo} onClick={redo} data-testid="redo">
          <IconArrowForwardUp size={16} className="mirrored" />
        </ActionIcon>
      </Tooltip>
      <Switch
        label={t('workOffline')}
        labelPosition="left"
        color="violet"
        data-testid="work-offline"
        checked={workOffline}
        onChange={(event) => replica.setWorkOffline(event.currentTarget.checked)}
      />
      <AppearanceMenu />
      <LanguageMenu compact />
      <Tooltip label={t('shortcuts')}>
        <ActionIcon aria-label={t('shortcuts')} onClick={onShortcuts}>
          <IconKeyboard size={16} />
        </ActionIcon>
      </Tooltip>
      <AccountMenu />
    </header>
  );
}
