import { Chip } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import { FilterBar } from '#renderer/ui/FilterBar.tsx';
import { FilterSelect } from '#renderer/ui/FilterSelect.tsx';
import { isNarrowed, triggerTypes } from './ruleFilters.ts';
import { useRuleListStore } from './ruleListStore.ts';

/** Narrows the list of rules. `tags` = those in use. */
export function RuleFilterBar({ tags }: { tags: readonly string[] }) {
  const { t } = useTranslation('automation');
  const words = useAutomationWords();
  const { filters, narrow, reset } = useRuleListStore();
  return (
    <FilterBar
      words={{ label: t('rules.filters'), search: t('search'), reset: t('showAll') }}
      text={filters.text}
      onText={(text) => narrow({ text })}
      testId="rule-search"
      isNarrowed={isNarrowed(filters)}
      onReset={reset}
    >
      <FilterSelect
        label={t('rules.filter.active')}
        data={[
          { value: 'active', label: t('rules.active') },
          { value: 'paused', label: t('rules.paused') },
        ]}
        value={filters.active}
        onChange={(active) => narrow({ active })}
      />
      <FilterSelect
        label={t('rules.filter.scope')}
        data={[
          { value: 'platform', label: t('platform') },
          { value: 'tenant', label: t('rules.scope.tenant') },
        ]}
        value={filters.scope}
        onChange={(scope) => narrow({ scope })}
      />
      <FilterSelect
        label={t('rules.filter.trigger')}
        data={triggerTypes.map((value) => ({ value, label: words.triggerType(value) }))}
        value={filters.trigger}
        data-testid="filter-trigger"
        onChange={(trigger) => narrow({ trigger })}
      />
      {tags.length > 0 && (
        <FilterSelect
          label={t('rules.filter.tag')}
          searchable
          data={tags.map((value) => ({ value, label: value }))}
          value={filters.tag}
          onChange={(tag) => narrow({ tag })}
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
    </FilterBar>
  );
}
