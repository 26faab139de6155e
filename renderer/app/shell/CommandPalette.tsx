import { Spotlight, spotlight } from '@mantine/spotlight';
import {
  IconArrowBackUp,
  IconKeyboard,
  IconMoon,
  IconPlus,
  IconSearch,
  IconSun,
  IconWifiOff,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useMantineColorScheme } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { holdsAnywhere } from '#shared/domain/access/decideAccess.ts';
import { resources } from '#shared/resources/registry.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import type { ReplicaRecord } from '#renderer/data/replicaApi.ts';
import type { EditHistory } from '#renderer/data/undoableReplica.ts';
import { recordPath } from '#renderer/ui/recordPath.ts';
import { newRecordPath, placesFor } from '../places.ts';
import { useHistorySteps } from './useHistorySteps.ts';

interface PaletteAction {
  id: string;
  label: string;
  icon: ReactNode;
  run: () => void;
}

const shownActions = 8;
const shownRecords = 12;
/** Milliseconds after the last key before records are searched. */
const searchPause = 120;

/** Every place, action and record by name; only what this person may do. */
export function CommandPalette({ history, onShortcuts }: { history: EditHistory; onShortcuts: () => void }) {
  const { t } = useTranslation('shell');
  const words = useRecordWords();
  const [query, setQuery] = useState('');
  const records = useFoundRecords(query);
  const [, navigate] = useLocation();
  const actions = useActions(history, onShortcuts);
  const wanted = query.trim().toLowerCase();
  const matching = actions.filter((action) => action.label.toLowerCase().includes(wanted)).slice(0, shownActions);
  const run = (work: () => void) => {
    spotlight.close();
    work();
  };
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      scrollable
      maxHeight={440}
      attributes={{ content: { 'aria-label': t('sheet.palette') } }}
    >
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        leftSection={<IconSearch size={16} />}
        data-testid="palette-search"
      />
      <Spotlight.ActionsList>
        {records.length > 0 && (
          <Spotlight.ActionsGroup label={t('palette.records')}>
            {records.map(({ record }) => (
              <Spotlight.Action
                key={record.id}
                data-testid={`palette-record-${record.id}`}
                label={words.title(record)}
                description={[
                  words.kind(record.kind),
                  words.state(record.kind, record.status),
                  words.name('tenant', record.tenantId),
                ]
                  .filter((part) => part !== '')
                  .join(' · ')}
                onClick={() => run(() => navigate(recordPath(record.kind, record.id, false)))}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {matching.length > 0 && (
          <Spotlight.ActionsGroup label={t('palette.actions')}>
            {matching.map((action) => (
              <Spotlight.Action
                key={action.id}
                label={action.label}
                leftSection={action.icon}
                onClick={() => run(action.run)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {records.length === 0 && matching.length === 0 && <Spotlight.Empty>{t('nothingFound')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function useFoundRecords(query: string): readonly ReplicaRecord[] {
  const replica = useReplica();
  const [found, setFound] = useState<{ query: string; records: readonly ReplicaRecord[] }>({ query: '', records: [] });
  useEffect(() => {
    if (query.trim().length < 2) return undefined;
    let over = false;
    const search = async () => {
      const records = await replica.search(query, shownRecords);
      if (!over) setFound({ query, records });
    };
    const timer = setTimeout(() => void search(), searchPause);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [replica, query]);
  return query.trim().length < 2 ? [] : found.records;
}

function useActions(history: EditHistory, onShortcuts: () => void): PaletteAction[] {
  const { t } = useTranslation('shell');
  const words = useRecordWords();
  const principal = usePrincipal();
  const replica = useReplica();
  const workOffline = useSyncPart((status) => status.workOffline);
  const [, navigate] = useLocation();
  const { setColorScheme } = useMantineColorScheme();
  const { undo } = useHistorySteps(history);
  if (!principal) return [];
  const places = placesFor(principal).map(({ path, name, kind, icon: Icon }): PaletteAction => ({
    id: `go-${path}`,
    label: t('palette.goTo', { place: kind === undefined ? t(`place.${name}`) : words.kinds(kind) }),
    icon: <Icon size={16} />,
    run: () => navigate(path),
  }));
  const creations = resources
    .filter((one) => one.writer === 'console' && holdsAnywhere(principal, `${one.permission}.create`))
    .map((one): PaletteAction => ({
      id: `new-${one.kind}`,
      label: t('palette.new', { kind: words.kind(one.kind) }),
      icon: <IconPlus size={16} />,
      run: () => navigate(newRecordPath(one.kind)),
    }));
  return [
    ...places,
    ...creations,
    {
      id: 'offline',
      label: t(workOffline ? 'palette.goOnline' : 'palette.goOffline'),
      icon: <IconWifiOff size={16} />,
      run: () => replica.setWorkOffline(!workOffline),
    },
    { id: 'undo', label: t('undo'), icon: <IconArrowBackUp size={16} />, run: undo },
    { id: 'shortcuts', label: t('shortcuts'), icon: <IconKeyboard size={16} />, run: onShortcuts },
    { id: 'light', label: t('palette.light'), icon: <IconSun size={16} />, run: () => setColorScheme('light') },
    { id: 'dark', label: t('palette.dark'), icon: <IconMoon size={16} />, run: () => setColorScheme('dark') },
  ];
}
