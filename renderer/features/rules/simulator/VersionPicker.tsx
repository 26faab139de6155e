import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Version } from './useSimulatorSetup.ts';
import { useRuleVersions } from './useRuleVersions.ts';

interface VersionPickerProps {
  ruleId: string;
  hasDraft: boolean;
  version: Version;
  other: Version | undefined;
  onChange: (part: { version?: Version; other?: Version | undefined }) => void;
}

/** Which version of the rule, and with which other one it is compared. */
export function VersionPicker({ ruleId, hasDraft, version, other, onChange }: VersionPickerProps) {
  const { t } = useTranslation('simulator');
  const versions = useRuleVersions(ruleId, hasDraft);
  const find = (value: string | null) => versions.find((one) => one.value === value)?.value;
  const others = versions.filter((one) => one.value !== version);
  if (versions.length === 0) return null;
  return (
    <>
      <Select
        label={t('version.label')}
        data={versions}
        value={version}
        onChange={(value) => {
          const chosen = find(value);
          if (chosen) onChange({ version: chosen, ...(chosen === other ? { other: undefined } : {}) });
        }}
        allowDeselect={false}
        data-testid="simulator-version"
      />
      <Select
        label={t('version.compare')}
        placeholder={t(others.length === 0 ? 'version.noOther' : 'version.nothing')}
        data={others}
        disabled={others.length === 0}
        value={other ?? null}
        onChange={(value) => onChange({ other: find(value) })}
        clearable
        data-testid="simulator-other"
      />
    </>
  );
}
