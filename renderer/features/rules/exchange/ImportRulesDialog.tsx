import { Button, Group, Modal, SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { rule } from '#shared/resources/automation/rule.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import classes from './Exchange.module.css';
import { ImportPlans } from './ImportPlans.tsx';
import { ImportSource } from './ImportSource.tsx';
import { ImportSummary } from './ImportSummary.tsx';
import type { ImportResult } from './ImportSummary.tsx';
import { choicesFor, writeOf } from './importChoices.ts';
import type { ImportChoice } from './importChoices.ts';
import { lineAtPath, lineOfBreak } from './lineAtPath.ts';
import { planImport, readRuleFile } from './ruleFile.ts';
import type { FiledFault, ImportPlan } from './ruleFile.ts';

export interface ImportPreview {
  plans: ImportPlan[];
  /** By the place of the plan; what is not there is the plan's usual choice. */
  choices: ReadonlyMap<number, ImportChoice>;
  faults: (FiledFault & { line: number })[];
}

/** Takes rules in from a file or a text: shows what each does here, and asks, before anything is written. */
export function ImportRulesDialog({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation('simulator');
  const problemText = useProblemText();
  const replica = useReplica();
  const [preview, setPreview] = useState<ImportPreview>();
  const [problem, setProblem] = useState('');
  const [keepSwitch, setKeepSwitch] = useState(false);
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<ImportResult>();

  const read = async (text: string) => {
    setPreview(undefined);
    setProblem('');
    const language = i18n.language.slice(0, 2);
    const outcome = readRuleFile(text, language === 'ar' || language === 'fr' ? language : 'en');
    if (!outcome.ok) {
      const line = outcome.error === 'not_json' ? (lineOfBreak(text) ?? 1) : 1;
      setProblem(t(`exchange.${outcome.error}`, { line }));
      return;
    }
    const existing: Rule[] = [];
    await replica.readRows({ kind: 'rule' }, (rows) => {
      for (const { record } of rows) {
        const body = rule.body.safeParse(record.body);
        if (body.success) existing.push({ ...record, body: body.data });
      }
    });
    const faults = outcome.value.faults.map((fault) => ({
      ...fault,
      line: lineAtPath(text, ['rules', fault.place - 1, 'body', ...fault.path.split('.')]),
    }));
    setPreview({ plans: outcome.value.rules.map((filed) => planImport(filed, existing)), choices: new Map(), faults });
  };
  const choiceOf = (plan: ImportPlan, index: number): ImportChoice =>
    preview?.choices.get(index) ?? choicesFor(plan)[0] ?? 'skip';
  const write = async () => {
    if (!preview) return;
    setBusy(true);
    const counts: Record<ImportChoice, number> = { add: 0, overwrite: 0, copy: 0, skip: 0 };
    const refused: ImportResult['refused'] = [];
    for (const [index, plan] of preview.plans.entries()) {
      const choice = choiceOf(plan, index);
      const what = writeOf(plan, choice, { keepSwitch, copyName: (name) => t('exchange.copyName', { name }) });
      const outcome =
        what &&
        (what.write === 'create'
          ? await replica.create('rule', what.tenantId, what.body)
          : await replica.edit('rule', what.id, { body: what.body }));
      if (what && outcome && !outcome.ok) refused.push({ name: what.name, message: problemText(outcome.error) });
      else counts[choice] += 1;
    }
    setBusy(false);
    setResult({ counts, refused, faults: preview.faults.length });
  };
  const writing = preview?.plans.filter((plan, index) => choiceOf(plan, index) !== 'skip').length ?? 0;
  return (
    <Modal opened onClose={onClose} title={t('exchange.title')} size="xl" centered>
      {result ? (
        <ImportSummary result={result} onClose={onClose} />
      ) : (
        <Stack gap="md">
          <ImportSource onText={(text) => void read(text)} problem={problem} />
          {preview && (
            <>
              <ImportPlans
                preview={preview}
                choiceOf={choiceOf}
                onChoose={(index, choice) =>
                  setPreview({ ...preview, choices: new Map(preview.choices).set(index, choice) })
                }
              />
              <div>
                <p className={classes.label}>{t('exchange.switch')}</p>
                <SegmentedControl
                  size="xs"
                  value={keepSwitch ? 'file' : 'paused'}
                  onChange={(value) => setKeepSwitch(value === 'file')}
                  data={[
                    { value: 'paused', label: t('exchange.paused') },
                    { value: 'file', label: t('exchange.asFile') },
                  ]}
                  aria-label={t('exchange.switch')}
                />
              </div>
            </>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button disabled={writing === 0} loading={busy} data-testid="confirm-import" onClick={() => void write()}>
              {t('exchange.confirm', { count: writing })}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
