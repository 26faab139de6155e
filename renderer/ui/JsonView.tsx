import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import classes from './JsonView.module.css';

interface JsonViewProps {
  label: string;
  value: unknown;
  words: { copy: string; copied: string };
}

/** A value as JSON to read and copy, under its name. A text is shown as it is. */
export function JsonView({ label, value, words }: JsonViewProps) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        <span>{label}</span>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Tooltip label={copied ? words.copied : words.copy}>
              <ActionIcon size="xs" aria-label={`${copied ? words.copied : words.copy}: ${label}`} onClick={copy}>
                {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      </figcaption>
      <pre className={classes.json} dir="ltr" tabIndex={0} aria-label={label}>
        {text}
      </pre>
    </figure>
  );
}
