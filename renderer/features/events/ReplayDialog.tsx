import { Button, Checkbox, Group, Modal, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { CommandInput } from '#shared/domain/automation/commands.ts';
import { mostIds } from '#shared/domain/automation/commands.ts';
import { parsePattern } from '#shared/domain/automation/patterns/eventPattern.ts';
import { useRecordChoices } from '#renderer/data/hooks/useRecordChoices.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { InstantInput } from '#renderer/ui/InstantInput.tsx';
import classes from './Events.module.css';
import { useReplayEstimate } from './useReplayEstimate.ts';

interface ReplayDialogProps {
  /** Chosen events; empty = a stretch of time. */
  eventIds: readonly string[];
  onReplay: (args: CommandInput<'replayEvents'>) => void;
  onClose: () => void;
}

const day = 86_400_000;
/** Names of rules that are shown; beyond them there is a count. */
const rulesShown = 6;

/** Has past events run again: says first how many they are and which rules listen. Nothing repeats that succeeded, unless asked. */
export function ReplayDialog({ eventIds, onReplay, onClose }: ReplayDialogProps) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const [from, setFrom] = useState(() => new Date(Date.now() - day).toISOString());
  const [to, setTo] = useState(() => new Date().toISOString());
  const [pattern, setPattern] = useState('**');
  const [tenantId, setTenantId] = useState('');
  const [ruleId, setRuleId] = useState('');
  const [repeat, setRepeat] = useState(false);
  const [mode, setMode] = useState('run');
  const chosen = eventIds.length > 0;
  const parsed = parsePattern(pattern);
  const whole = chosen || (parsed.ok && from !== '' && to !== '' && from < to);
  const estimate = useReplayEstimate(chosen ? { eventIds } : { from, to, pattern, tenantId }, ruleId);
  const tenants = useRecordChoices('tenant', tenantId);
  const rules = useRecordChoices('rule', ruleId);
  const give = () => {
    const settings = { ruleId, repeat, estimateOnly: mode === 'count' };
    onReplay(
      chosen ? { eventIds: eventIds.slice(0, mostIds), ...settings } : { from, to, pattern, tenantId, ...settings },
    );
  };
  return (
    <Modal opened onClose={onClose} title={t('replay.title')} size="lg" centered>
      <Stack gap="md">
        {chosen ? (
          <p className={classes.prose}>{t('replay.chosen', { count: eventIds.length })}</p>
        ) : (
          <>
            <Group grow align="flex-start">
              <InstantInput label={t('replay.from')} withTime value={from} onChange={setFrom} />
              <InstantInput label={t('replay.to')} withTime value={to} onChange={setTo} />
            </Group>
            <Group grow align="flex-start">
              <TextInput
                label={t('replay.pattern')}
                description={t('replay.patternHelp')}
                inputWrapperOrder={['label', 'input', 'description', 'error']}
                dir="ltr"
                value={pattern}
                error={parsed.ok ? undefined : t('replay.patternWrong')}
                data-testid="replay-pattern"
                onChange={(event) => setPattern(event.currentTarget.value)}
              />
              <Select
                label={words.kind('tenant')}
                placeholder={t('any')}
                searchable
                clearable
                {...tenants}
                value={tenantId || null}
                onChange={(value) => setTenantId(value ?? '')}
              />
            </Group>
          </>
        )}
        <Select
          label={t('replay.rule')}
          placeholder={t('replay.everyRule')}
          searchable
          clearable
          {...rules}
          value={ruleId || null}
          onChange={(value) => setRuleId(value ?? '')}
        />
        <div>
          <SegmentedControl
            size="xs"
            aria-label={t('replay.mode')}
            data={[
              { value: 'run', label: t('replay.run') },
              { value: 'count', label: t('replay.count') },
            ]}
            value={mode}
            onChange={setMode}
          />
          <p className={classes.quiet}>{t(mode === 'run' ? 'replay.runHelp' : 'replay.countHelp')}</p>
        </div>
        <Checkbox
          label={t('replay.repeat')}
          description={t('replay.repeatHelp')}
          checked={repeat}
          data-testid="replay-repeat"
          onChange={(event) => setRepeat(event.currentTarget.checked)}
        />
        <section className={classes.estimate} aria-live="polite" data-testid="replay-estimate">
          <b>{estimate ? t('replay.events', { count: estimate.events }) : t('replay.counting')}</b>
          {estimate && (
            <span>
              {t('replay.rules', { count: estimate.rules.length })}
              {estimate.rules.length > 0 &&
                `: ${estimate.rules
                  .slice(0, rulesShown)
                  .map((one) => one.name)
                  .join(words.listSeparator)}${estimate.rules.length > rulesShown ? ' …' : ''}`}
            </span>
          )}
          <span className={classes.quiet}>{t('replay.estimateHelp')}</span>
        </section>
        <Group justify="space-between" gap="xs">
          <Button
            component={Link}
            href="/simulator"
            variant="subtle"
            leftSection={<IconFlask size={14} />}
            onClick={onClose}
          >
            {t('replay.simulate')}
          </Button>
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button
              disabled={!whole || estimate?.events === 0}
              color={mode === 'run' && repeat ? 'red' : undefined}
              data-testid="confirm-replay"
              onClick={give}
            >
              {t(mode === 'run' ? 'replay.confirm' : 'replay.confirmCount')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Modal>
  );
}
