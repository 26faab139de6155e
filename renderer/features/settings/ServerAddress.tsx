import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Shows and changes the sync server; not while edits wait for the present one. The window starts anew after a change. */
export function ServerAddress({ serverUrl, unsent }: { serverUrl: string; unsent: number }) {
  const { t } = useTranslation('settings');
  const [url, setUrl] = useState(serverUrl);
  const [problem, setProblem] = useState('');
  const apply = async () => {
    try {
      await window.steward.app.setServerUrl(url);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Group gap="xs" align="flex-start" wrap="nowrap">
      <TextInput
        w={260}
        dir="ltr"
        aria-label={t('serverAddress')}
        value={url}
        disabled={unsent > 0}
        description={unsent > 0 ? t('serverUnsent') : undefined}
        error={problem || undefined}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <Button variant="default" disabled={unsent > 0 || url.trim() === serverUrl} onClick={() => void apply()}>
        {t('changeServer')}
      </Button>
    </Group>
  );
}
