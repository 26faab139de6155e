import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { narrowedFields, noAuditFilters } from '#renderer/data/audit/auditFilters.ts';
import type { AuditFilters } from '#renderer/data/audit/auditFilters.ts';
import { useEntryWords } from '#renderer/data/audit/useEntryWords.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { AuditLook } from './useAuditFilters.ts';
import classes from './Viewer.module.css';

/** What the list is narrowed to, each as a sentence that can be taken back. Nothing while nothing is narrowed. */
export function FilterChips({ look }: { look: AuditLook }) {
  const { t } = useTranslation('audit');
  const words = useRecordWords();
  const entries = useEntryWords();
  const { filters, narrow, reset } = look;
  const fields = narrowedFields(filters);
  if (fields.length === 0) return null;
  const label = (field: keyof AuditFilters) => t(`chip.${field}`);
  const value = (field: keyof AuditFilters): string => {
    switch (field) {
      case 'actorId':
        return words.name('staff', filters.actorId);
      case 'tenantId':
        return words.name('tenant', filters.tenantId);
      case 'actions':
        return filters.actions.map((one) => words.value('auditEntry', 'body.action', one)).join(words.listSeparator);
      case 'resources':
        return filters.resources.map(entries.resource).join(words.listSeparator);
      case 'period':
        return t(`period.${filters.period || 'any'}`);
      case 'from':
      case 'until':
        return words.instant(filters[field]);
      case 'address':
      case 'number':
      case 'recordId':
      case 'requestId':
      case 'session':
      case 'text':
      case 'view':
        return filters[field];
    }
  };
  return (
    <div className={classes.chips} role="group" aria-label={t('chip.label')}>
      {fields.map((field) => (
        <span key={field} className={classes.chip} data-testid={`chip-${field}`}>
          <span className={classes.chipText}>
            <span className={classes.quiet}>{label(field)}</span> <bdi>{value(field)}</bdi>
          </span>
          <ActionIcon
            size="xs"
            variant="subtle"
            color="gray"
            aria-label={t('chip.remove', { name: label(field) })}
            onClick={() => narrow({ [field]: noAuditFilters[field] })}
          >
            <IconX size={12} />
          </ActionIcon>
        </span>
      ))}
      <Button size="compact-xs" variant="subtle" color="gray" data-testid="clear-filters" onClick={reset}>
        {t('chip.clear')}
      </Button>
    </div>
  );
}
