import { Alert, Button, Group, Modal, Progress, Radio, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '#shared/kernel/json.ts';
import type { AuditFilters } from '#renderer/data/audit/auditFilters.ts';
import { queryOfFilters } from '#renderer/data/audit/auditFilters.ts';
import { readChainEvidence } from '#renderer/data/audit/chainEvidence.ts';
import { serverFilter } from '#renderer/data/audit/exportFilter.ts';
import type { ExportFormat } from '#renderer/data/audit/thread/chainTasks.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import { listRequestOf } from '#renderer/data/read/listRequestOf.ts';
import type { RecordQuery } from '#renderer/data/replicaApi.ts';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { useNow } from '#renderer/ui/useNow.ts';
import { useChains } from '../proof/useChains.ts';
import { useAuditExport } from './useAuditExport.ts';

interface ExportDialogProps {
  filters: AuditFilters;
  query: RecordQuery;
  count: number;
  onClose: () => void;
}

/** Asks in which form and from where, then writes the file with progress; closing it stops. */
export function ExportDialog({ filters, query, count, onClose }: ExportDialogProps) {
  const { t } = useTranslation('audit');
  const words = useRecordWords();
  const replica = useReplica();
  const access = useAccess();
  const principal = usePrincipal();
  const me = principal?.id ?? '';
  const isOnline = useSyncPart((status) => status.connection === 'online' && !status.workOffline);
  const now = useNow();
  const chains = useChains();
  const { state, run, stop, forget } = useAuditExport();
  const [format, setFormat] = useState<ExportFormat>('csv');
  const [wanted, setWanted] = useState<'server' | 'here'>('server');
  const tenantId = query.tenantId ?? '';
  const isBundle = format === 'bundle';
  const bundleFilter: Record<string, Json> = tenantId === '' ? {} : { tenantIds: [tenantId] };
  const filter = isBundle ? bundleFilter : serverFilter(filters, { tenantId, me, now });
  const whyNoServer = !isOnline ? t('export.offline') : filter === undefined ? t('export.noSuchFilter') : '';
  const source = wanted === 'server' && whyNoServer === '' ? 'server' : 'here';
  const whyNotHere = source === 'here' ? access('commands.create') : '';
  const since = replica.heldSince('auditEntry');
  const held = chains.filter((chain) => chain.entries > 0 && (tenantId === '' || chain.tenantId === tenantId));
  const total = isBundle ? held.reduce((sum, chain) => sum + chain.entries, 0) : count;
  const start = async () => {
    if (source === 'server') {
      void run({ source, format, filter: filter ?? {}, total });
      return;
    }
    const tenantIds = held.map((chain) => chain.tenantId);
    const evidence = isBundle ? await readChainEvidence(replica, tenantIds) : undefined;
    void run({
      source,
      format,
      tenantId,
      total,
      note: { filter: isBundle ? tenantId : queryOfFilters(filters), exportedAt: new Date().toISOString() },
      task: {
        list: listRequestOf(query),
        ...(evidence
          ? {
              bundle: {
                serverId: chains[0]?.serverId ?? '',
                exportedAt: new Date().toISOString(),
                exportedBy: principal?.name ?? '',
                keys: evidence.keys,
                chains: held.map((chain) => ({
                  tenantId: chain.tenantId,
                  name: chain.tenantId === '' ? '' : words.name('tenant', chain.tenantId),
                  gaps: evidence.gaps.get(chain.tenantId) ?? [],
                  heads: evidence.heads.get(chain.tenantId) ?? [],
                })),
              },
            }
          : {}),
      },
    });
  };
  const close = () => {
    stop();
    onClose();
  };
  return (
    <Modal opened onClose={close} title={t('export.title')} size="lg" centered>
      <Stack gap="md" data-testid="export-dialog" data-state={state.state}>
        {(state.state === 'idle' || state.state === 'stopped' || state.state === 'failed') && (
          <>
            <SegmentedControl
              fullWidth
              aria-label={t('export.format')}
              value={format}
              data={(['csv', 'json', 'bundle'] as const).map((value) => ({
                value,
                label: t(`export.formats.${value}`),
              }))}
              onChange={(value) => setFormat(value)}
            />
            <Text size="sm" c="dimmed">
              {t(`export.about.${format}`)}
            </Text>
            <Radio.Group value={source} onChange={(value) => setWanted(value)}>
              <Stack gap="xs">
                <Radio
                  value="server"
                  disabled={whyNoServer !== ''}
                  label={t('export.server')}
                  description={whyNoServer || t('export.serverText')}
                />
                <Radio
                  value="here"
                  data-testid="export-here"
                  label={t('export.here', { count: total })}
                  description={`${
                    since === undefined
                      ? t('export.hereWhole')
                      : t('export.hereSince', { date: words.day(since.slice(0, 10), 'full') })
                  } ${t('export.hereNoted')}`}
                />
              </Stack>
            </Radio.Group>
            {state.state === 'failed' && (
              <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t('export.failed')}>
                {state.message}
              </Alert>
            )}
            {state.state === 'stopped' && <Text size="sm">{t('export.stopped')}</Text>}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={close}>
                {t('cancel')}
              </Button>
              <GuardedButton whyNot={whyNotHere} data-testid="export-start" onClick={() => void start()}>
                {t('export.start')}
              </GuardedButton>
            </Group>
          </>
        )}
        {state.state === 'running' && (
          <>
            <Progress
              value={state.entries === undefined ? 100 : (state.entries / Math.max(1, state.total)) * 100}
              animated={state.entries === undefined}
              aria-label={t('export.title')}
            />
            <Text size="sm" role="status">
              {state.entries === undefined
                ? t('export.bytes', { size: words.number(state.bytes / 1_000_000) })
                : t('export.progress', { count: state.entries, total: state.total })}
            </Text>
            <Group justify="flex-end">
              <Button variant="default" data-testid="export-stop" onClick={stop}>
                {t('export.stop')}
              </Button>
            </Group>
          </>
        )}
        {state.state === 'done' && (
          <>
            <Alert color="teal" icon={<IconCheck size={18} />} title={t('export.done')} data-testid="export-done">
              {state.entries !== undefined && <Text size="sm">{t('export.written', { count: state.entries })}</Text>}
              <code dir="ltr">{state.path}</code>
              <Text size="sm">{t(state.noted === 'server' ? 'export.notedServer' : 'export.notedQueued')}</Text>
            </Alert>
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={forget}>
                {t('export.another')}
              </Button>
              <Button onClick={onClose}>{t('close')}</Button>
            </Group>
          </>
        )}
      </Stack>
    </Modal>
  );
}
