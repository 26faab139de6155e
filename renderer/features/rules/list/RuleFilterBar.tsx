import { Button, Chip, Select, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconSearch, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import list from '#renderer/ui/ListPage.module.css';
import { isNarrowed, triggerTypes } from './ruleFilters.ts';
import { useRuleListStore } from './ruleListStore.ts';

/** Narrows the list of rules. `tags` = those in use. */
export function RuleFilterBar({ tags }: { tags: readonly string[] }) {
  const { t } = useTranslation('automation');
  const words = useAutomationWords();
  const { filters, narrow, reset } = useRuleListStore();
  return (
    <div className={list.toolbar} role="search" aria-label={t('rules.filters')}>
      <TextInput
        className={list.search}
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        leftSection={<IconSearch size={14} />}
        value={filters.text}
        data-testid="rule-search"
        onChange={(event) => narrow({ text: event.currentTarget.value })}
      />
      <Select
        className={list.choice}
        aria-label={t('rules.filter.active')}
        placeholder={t('rules.filter.active')}
        clearable
        data={[
          { value: 'active', label: t('rules.active') },
          { value: 'paused', label: t('rules.paused') },
        ]}
        value={filters.active || null}
        onChange={(value) => narrow({ active: value ?? '' })}
      />
      <Select
        className={list.choice}
        aria-label={t('rules.filter.scope')}
        placeholder={t('rules.filter.scope')}
        clearable
        data={[
          { value: 'platform', label: t('platform') },
          { value: 'tenant', label: t('rules.scope.tenant') },
        ]}
        value={filters.scope || null}
        onChange={(value) => narrow({ scope: value ?? '' })}
      />
      <Select
        className={list.choice}
        aria-label={t('rules.filter.trigger')}
        placeholder={t('rules.filter.trigger')}
        clearable
        data={triggerTypes.map((value) => ({ value, label: words.triggerType(value) }))}
        value={filters.trigger || null}
        data-testid="filter-trigger"
        onChange={(value) => narrow({ trigger: value ?? '' })}
      />
      {tags.length > 0 && (
        <Select
          className={list.choice}
          aria-label={t('rules.filter.tag')}
          placeholder={t('rules.filter.tag')}
          clearable
          searchable
          data={[...tags]}
          value={filters.tag || null}
          onChange={(value) => narrow({ tag: value ?? '' })}
        />
      )}
      <Chip
        size="xs"
        variant="light"
        icon={<IconAlertTriangle size={12} />}
        checked={filters.failing}
        onChange={(failing) => narrow({ failing })}
      >
        {t('rules.filter.failing')}
      </Chip>
      {isNarrowed(filters) && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconX size={14} />}
          data-testid="clear-filters"
          onClick={reset}
        >
          {t('showAll')}
        </Button>
      )}
    </div>
  );
}
