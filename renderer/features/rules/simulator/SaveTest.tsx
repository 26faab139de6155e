import { Button } from '@mantine/core';
import { IconTestPipe } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '#shared/resources/automation/rule.ts';
import type { EventAnswer } from '#renderer/data/simulation/simulationResult.ts';
import { TestDialog } from './TestDialog.tsx';
import { draftOfAnswer } from './testDraft.ts';

/** Keeps an event with what came of it as a test of the rule. */
export function SaveTest({ answer, rule }: { answer: EventAnswer; rule: Rule | undefined }) {
  const { t } = useTranslation('simulator');
  const [open, setOpen] = useState(false);
  // What was never saved has nothing that a test could belong to.
  if (!rule || rule.id === 'draft') return null;
  return (
    <div>
      <Button
        variant="default"
        leftSection={<IconTestPipe size={14} />}
        onClick={() => setOpen(true)}
        data-testid="save-test"
      >
        {t('test.save')}
      </Button>
      {open && <TestDialog rule={rule} initial={draftOfAnswer(answer)} onClose={() => setOpen(false)} />}
    </div>
  );
}
