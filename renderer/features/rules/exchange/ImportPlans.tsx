import { Alert, Button, Select, Table } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { FieldChanges } from '../revisions/FieldChanges.tsx';
import { compareContents } from '../revisions/compareContents.ts';
import classes from './Exchange.module.css';
import type { ImportPreview } from './ImportRulesDialog.tsx';
import { choicesFor } from './importChoices.ts';
import type { ImportChoice } from './importChoices.ts';
import type { ImportPlan } from './ruleFile.ts';

interface ImportPlansProps {
  preview: ImportPreview;
  choiceOf: (plan: ImportPlan, index: number) => ImportChoice;
  onChoose: (index: number, choice: ImportChoice) => void;
}

/** Every rule of the file: what it is to the rules here, what changes, and what is done with it. */
export function ImportPlans({ preview, choiceOf, onChoose }: ImportPlansProps) {
  const { t } = useTranslation('simulator');
  const words = useRecordWords();
  const [open, setOpen] = useState(-1);
  return (
    <>
      {preview.plans.length > 0 && (
        <div className={classes.plans} tabIndex={0} role="region" aria-label={t('exchange.rules')}>
          <Table verticalSpacing={4} stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.kind('rule')}</Table.Th>
                <Table.Th>{words.kind('tenant')}</Table.Th>
                <Table.Th>{t('exchange.here')}</Table.Th>
                <Table.Th>{t('exchange.do')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {preview.plans.map((plan, index) => {
                const { name } = plan.filed.body;
                const changes = plan.does === 'change' ? compareContents(plan.record.body, plan.filed.body) : [];
                const choices = choicesFor(plan);
                return (
                  <Fragment key={`${plan.filed.id}/${index}`}>
                    <Table.Tr data-testid="import-plan" data-does={plan.does}>
                      <Table.Td className={classes.name}>
                        <bdi>{name}</bdi>
                      </Table.Td>
                      <Table.Td>
                        {plan.filed.tenantId === '' ? t('platform') : words.name('tenant', plan.filed.tenantId)}
                      </Table.Td>
                      <Table.Td>
                        {plan.does === 'change' ? (
                          <Button
                            size="compact-xs"
                            variant="subtle"
                            aria-expanded={open === index}
                            onClick={() => setOpen(open === index ? -1 : index)}
                          >
                            {t('exchange.changes', { count: changes.length })}
                          </Button>
                        ) : (
                          t(plan.does === 'create' ? 'exchange.new' : 'exchange.same')
                        )}
                      </Table.Td>
                      <Table.Td className={classes.choice}>
                        <Select
                          aria-label={t('exchange.doWith', { name })}
                          data={choices.map((choice) => ({ value: choice, label: t(`exchange.choice.${choice}`) }))}
                          value={choiceOf(plan, index)}
                          onChange={(value) => {
                            const choice = choices.find((one) => one === value);
                            if (choice) onChoose(index, choice);
                          }}
                          allowDeselect={false}
                        />
                      </Table.Td>
                    </Table.Tr>
                    {open === index && (
                      <Table.Tr>
                        <Table.Td colSpan={4}>
                          <FieldChanges changes={changes} before={t('exchange.before')} after={t('exchange.after')} />
                        </Table.Td>
                      </Table.Tr>
                    )}
                  </Fragment>
                );
              })}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {preview.faults.length > 0 && (
        <Alert
          color="orange"
          icon={<IconAlertTriangle size={16} />}
          title={t('exchange.faults', { count: preview.faults.length })}
        >
          <ul className={classes.faults}>
            {preview.faults.map((fault) => (
              <li key={fault.place} data-testid="import-fault">
                {t('exchange.fault', {
                  line: fault.line,
                  name:
                    fault.name === '' ? t('exchange.nameless', { place: fault.place }) : `\u2068${fault.name}\u2069`,
                  path: `\u2068${fault.path || '–'}\u2069`,
                  message: `\u2068${fault.message}\u2069`,
                })}
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </>
  );
}
