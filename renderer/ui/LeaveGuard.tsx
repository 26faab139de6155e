import { Button, Group, Modal, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface LeaveGuardProps {
  dirty: boolean;
  title: string;
  onDiscard: () => void;
}

/**
 * Asks before a link leads away from unsaved changes. Ways out that no link makes (Back, a shortcut, closing the window)
 * need no question: the draft is kept on this machine and comes back with the record.
 */
export function LeaveGuard({ dirty, title, onDiscard }: LeaveGuardProps) {
  const { t } = useTranslation('records');
  const [target, setTarget] = useState<string>();
  useEffect(() => {
    if (!dirty) return undefined;
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      const href = link?.getAttribute('href') ?? '';
      if (!href.startsWith('#/') || href === window.location.hash || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      setTarget(href);
    };
    document.addEventListener('click', onClick, { capture: true });
    return () => document.removeEventListener('click', onClick, { capture: true });
  }, [dirty]);

  const leave = (discard: boolean) => {
    if (discard) onDiscard();
    setTarget(undefined);
    if (target !== undefined) window.location.hash = target;
  };
  return (
    <Modal
      opened={target !== undefined}
      onClose={() => setTarget(undefined)}
      title={t('leave.title', { title })}
      centered
    >
      <Text>{t('leave.text')}</Text>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="subtle" color="red" data-testid="leave-discard" onClick={() => leave(true)}>
          {t('leave.discard')}
        </Button>
        <Button variant="default" data-testid="leave-keep" onClick={() => leave(false)}>
          {t('leave.keep')}
        </Button>
        <Button data-autofocus data-testid="leave-stay" onClick={() => setTarget(undefined)}>
          {t('leave.stay')}
        </Button>
      </Group>
    </Modal>
  );
}
