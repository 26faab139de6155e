import { Anchor, Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './SignIn.module.css';

/** Which server the console belongs to, and choosing another. */
export function ServerChoice({ serverUrl }: { serverUrl: string }) {
  const { t } = useTranslation('shell');
  const [editing, setEditing] = useState(false);
  const [url, setUrl] = useState(serverUrl);
  const [problem, setProblem] = useState('');
  if (!editing)
    return (
      <span>
        {t('server')}: <bdi>{serverUrl}</bdi>{' '}
        <Anchor component="button" type="button" size="xs" onClick={() => setEditing(true)}>
          {t('change')}
        </Anchor>
      </span>
    );
  const apply = async () => {
    try {
      await window.steward.app.setServerUrl(url);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <TextInput
      className={classes.footWide}
      dir="ltr"
      label={t('server')}
      value={url}
      error={problem || undefined}
      onChange={(event) => setUrl(event.currentTarget.value)}
      rightSectionWidth={72}
      rightSection={
        <Button size="compact-xs" variant="light" onClick={() => void apply()}>
          {t('apply')}
        </Button>
      }
    />
  );
}
