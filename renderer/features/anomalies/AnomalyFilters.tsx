import { Button, Checkbox, Menu, Switch, TextInput } from '@mantine/core';
import { IconChevronDown, IconSearch, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { anomaly } from '#shared/resources/health/anomaly.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import classes from './Anomalies.module.css';
import { useAnomalyStore } from './anomalyStore.ts';
import { facetCounts, facetNames, severities } from './triage.ts';
import type { FacetName, TriageView } from './triage.ts';

const values: Record<FacetName, readonly string[]> = {
  status: Object.keys(anomaly.states?.states ?? {}),
  severity: severities,
  type: ['performance', 'security', 'data_integrity', 'compliance', 'business_logic'],
};

/** Facets with counts, words to look for, and whether the snoozed are shown. */
export function AnomalyFilters({ records, view }: { records: readonly RecordEnvelope[]; view: TriageView }) {
  const { t } = useTranslation('anomalies');
  const { text, showSnoozed, facets, setText, setShowSnoozed, reset } = useAnomalyStore();
  const filtered = text !== '' || !showSnoozed || facetNames.some((facet) => facets[facet].length > 0);
  return (
    <div className={classes.filters} role="search" aria-label={t('filters')}>
      <TextInput
        size="xs"
        className={classes.search}
        leftSection={<IconSearch size={14} />}
        aria-label={t('search')}
        placeholder={t('search')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {facetNames.map((facet) => (
        <Facet key={facet} facet={facet} counts={facetCounts(records, view, facet)} />
      ))}
      <Switch
        size="xs"
        label={t('showSnoozed')}
        checked={showSnoozed}
        onChange={(event) => setShowSnoozed(event.currentTarget.checked)}
      />
      {filtered && (
        <Button size="xs" variant="subtle" color="gray" leftSection={<IconX size={14} />} onClick={reset}>
          {t('showAll')}
        </Button>
      )}
    </div>
  );
}

function Facet({ facet, counts }: { facet: FacetName; counts: Map<string, number> }) {
  const { t } = useTranslation('anomalies');
  const words = useRecordWords();
  const chosen = useAnomalyStore((state) => state.facets[facet]);
  const setFacet = useAnomalyStore((state) => state.setFacet);
  const wordOf = (value: string) => {
    if (facet === 'status') return words.state('anomaly', value);
    return facet === 'severity' ? t(`severity.${value}`) : words.value('anomaly', 'body.type', value);
  };
  const summary = chosen.length === 0 ? t('any') : chosen.map(wordOf).join(', ');
  return (
    <Menu closeOnItemClick={false} position="bottom-start">
      <Menu.Target>
        <Button size="xs" variant="default" rightSection={<IconChevronDown size={14} />} className={classes.facet}>
          <span className={classes.facetName}>{t(`facet.${facet}`)}</span>
          <span className={classes.ellipsis}>{summary}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {values[facet].map((value) => {
          const on = chosen.includes(value);
          return (
            <Menu.Item
              key={value}
              role="menuitemcheckbox"
              aria-checked={on}
              leftSection={<Checkbox.Indicator size="xs" checked={on} />}
              rightSection={<span className={classes.facetCount}>{words.number(counts.get(value) ?? 0)}</span>}
              onClick={() => setFacet(facet, on ? chosen.filter((one) => one !== value) : [...chosen, value])}
            >
              {wordOf(value)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
