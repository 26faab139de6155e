import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';

export interface ReasonDialogWords {
  title: string;
  confirm: string;
  cancel: string;
  /** Label of the reason field; absent where no reason is asked. */
  reason?: string;
  /** Help below the reason field. */
  reasonHelp?: string;
  /** Said when the reason is missing. */
  reasonMissing?: string;
}

interface ReasonDialogProps {
  words: ReasonDialogWords;
  /** 'required' keeps the confirm button from working without one. */
  reason: 'none' | 'optional' | 'required';
  danger?: boolean;
  /** What the act will touch. */
  children?: ReactNode;
  wide?: boolean;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}

/** Asks before an act, with a reason where the log wants one. Shown as long as it is mounted. */
export function ReasonDialog({ words, reason, danger, children, wide, onConfirm, onClose }: ReasonDialogProps) {
  const [text, setText] = useState('');
  const [missing, setMissing] = useState(false);
  const submit = () => {
    if (reason === 'required' && text.trim() === '') setMissing(true);
    else onConfirm(text.trim());
  };
  return (
    <Modal opened onClose={onClose} title={words.title} size={wide ? 'lg' : 'md'} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          {children}
          {reason !== 'none' && (
            <Textarea
              label={words.reason}
              description={words.reasonHelp}
              withAsterisk={reason === 'required'}
              autosize
              minRows={2}
              maxRows={6}
              maxLength={2000}
              data-autofocus
              data-testid="reason"
              value={text}
              error={missing ? words.reasonMissing : undefined}
              onChange={(event) => {
                setText(event.currentTarget.value);
                setMissing(false);
              }}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
                  event.preventDefault();
                  submit();
                }
              }}
            />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {words.cancel}
            </Button>
            <Button type="submit" color={danger ? 'red' : undefined} data-testid="confirm">
              {words.confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
