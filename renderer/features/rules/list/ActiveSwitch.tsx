import { Switch } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { WhyOff } from '#renderer/ui/WhyOff.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';

/** Whether a rule is active; switched here at once, offline too. */
export function ActiveSwitch({ record, labelled }: { record: RecordEnvelope; labelled?: boolean }) {
  const { t } = useTranslation('automation');
  const problemText = useProblemText();
  const words = useRecordWords();
  const replica = useReplica();
  const access = useAccess();
  const whyNot = access('automation.edit', record);
  const on = record.body['isActive'] === true;
  const change = async (isActive: boolean) => {
    const outcome = await replica.edit('rule', record.id, { body: { isActive } });
    if (!outcome.ok) notifications.show({ color: 'red', title: t('failed'), message: problemText(outcome.error) });
  };
  return (
    <WhyOff whyNot={whyNot}>
      {(explain) => (
        <span style={{ opacity: whyNot === '' ? undefined : 0.5 }}>
          <Switch
            checked={on}
            aria-disabled={whyNot !== '' || undefined}
            aria-description={whyNot === '' ? undefined : whyNot}
            aria-label={t('rules.switch', { name: words.title(record) })}
            label={labelled ? t(on ? 'rules.active' : 'rules.paused') : undefined}
            data-testid={`active-${record.id}`}
            onChange={(event) => (whyNot === '' ? void change(event.currentTarget.checked) : explain())}
          />
        </span>
      )}
    </WhyOff>
  );
}
