import { Alert, Button, FileButton, Tabs, Textarea } from '@mantine/core';
import { IconAlertTriangle, IconFileUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Exchange.module.css';

interface ImportSourceProps {
  onText: (text: string) => void;
  /** Why the whole cannot be read; '' = it can, or nothing was given. */
  problem: string;
}

/** Where rules come from: a file, chosen or dropped, or a text that is pasted. */
export function ImportSource({ onText, problem }: ImportSourceProps) {
  const { t } = useTranslation('simulator');
  const [name, setName] = useState('');
  const [pasted, setPasted] = useState('');
  const take = async (file: File | null | undefined) => {
    if (!file) return;
    setName(file.name);
    onText(await file.text());
  };
  return (
    <>
      <Tabs defaultValue="file">
        <Tabs.List>
          <Tabs.Tab value="file">{t('exchange.file')}</Tabs.Tab>
          <Tabs.Tab value="paste" data-testid="import-paste">
            {t('exchange.paste')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="file" pt="sm">
          <div
            className={classes.drop}
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => {
              event.preventDefault();
              void take(event.dataTransfer.files[0]);
            }}
          >
            <FileButton accept="application/json,.json" onChange={(file) => void take(file)}>
              {(props) => (
                <Button {...props} variant="default" leftSection={<IconFileUpload size={14} />} data-autofocus>
                  {t('exchange.choose')}
                </Button>
              )}
            </FileButton>
            <span className={classes.quiet} dir="auto">
              {name === '' ? t('exchange.drop') : name}
            </span>
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="paste" pt="sm">
          <Textarea
            aria-label={t('exchange.text')}
            placeholder={t('exchange.textHelp')}
            value={pasted}
            onChange={({ currentTarget }) => {
              setPasted(currentTarget.value);
              if (currentTarget.value.trim() !== '') onText(currentTarget.value);
            }}
            dir="ltr"
            autosize
            minRows={5}
            maxRows={10}
            spellCheck={false}
            classNames={{ input: classes.code }}
            data-testid="import-text"
          />
        </Tabs.Panel>
      </Tabs>
      {problem !== '' && (
        <Alert color="red" icon={<IconAlertTriangle size={16} />} role="alert">
          {problem}
        </Alert>
      )}
    </>
  );
}
