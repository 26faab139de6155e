import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface DialogFormProps {
  words: { confirm: string; cancel: string };
  /** Everything needed is there; without it neither the button nor Enter does anything. */
  ready: boolean;
  busy?: boolean;
  /** Why it did not work; '' = nothing was refused. */
  problem: string;
  danger?: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
  /** Of the button that confirms. */
  'data-testid'?: string;
}

/** What is asked for in a dialog, above the way back and the way on. */
export function DialogForm({
  words,
  ready,
  busy,
  problem,
  danger,
  onSubmit,
  onClose,
  children,
  ...marks
}: DialogFormProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !busy) onSubmit();
      }}
    >
      <Stack gap="md">
        {children}
        {problem !== '' && (
          <Alert color="red" icon={<IconAlertTriangle size={16} />} role="alert">
            {problem}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" color={danger ? 'red' : undefined} loading={busy} disabled={!ready} {...marks}>
            {words.confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
