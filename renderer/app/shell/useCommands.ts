import { spotlight } from '@mantine/spotlight';
import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { useLock } from '#renderer/data/hooks/useLock.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import type { EditHistory } from '#renderer/data/undoableReplica.ts';
import type { MenuCommand } from '#shared/ipc/contract.ts';
import { areas } from '../places.ts';
import { useHistorySteps } from './useHistorySteps.ts';

/** Milliseconds between G and the letter of a place. */
const chordTime = 1200;

/** Shortcuts by physical key, so that they stay where they are on an Arabic or French layout; and the native menu. */
export function useCommands(history: EditHistory, onShortcuts: () => void): void {
  const replica = useReplica();
  const lock = useLock();
  const [, navigate] = useLocation();
  const { undo, redo } = useHistorySteps(history);
  const latest = useRef({ navigate, undo, redo, onShortcuts });
  useEffect(() => {
    latest.current = { navigate, undo, redo, onShortcuts };
  });
  useEffect(() => {
    let chordUntil = 0;
    const onKey = (event: KeyboardEvent) => {
      const command = event.ctrlKey || event.metaKey;
      if (command && event.code === 'KeyK') {
        event.preventDefault();
        spotlight.toggle();
        return;
      }
      if (event.defaultPrevented || isTyping(event.target) || document.querySelector('[role="dialog"]')) return;
      if (command && event.code === 'KeyZ') {
        // A page that writes something as a whole takes its own steps back.
        if (document.querySelector('[data-own-undo]')) return;
        event.preventDefault();
        if (event.shiftKey) latest.current.redo();
        else latest.current.undo();
      } else if (command || event.altKey) return;
      else if (event.key === '?' || (event.shiftKey && event.code === 'Slash')) latest.current.onShortcuts();
      else if (event.timeStamp < chordUntil) {
        chordUntil = 0;
        const place = areas.flatMap((area) => area.places).find((one) => one.key === event.code);
        if (place) {
          event.preventDefault();
          latest.current.navigate(place.path);
        }
      } else if (event.code === 'KeyG') chordUntil = event.timeStamp + chordTime;
    };
    // Before the page's own keys, so that "G A" is a place and not "assign".
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, []);
  useEffect(
    () =>
      window.steward.menu.onCommand((given: MenuCommand) => {
        // Nobody is there who could have meant it.
        if (lock.get().locked !== '') return;
        switch (given.command) {
          case 'palette':
          case 'search':
            return spotlight.open();
          case 'settings':
          case 'inbox':
          case 'outbox':
            return latest.current.navigate(`/${given.command}`);
          case 'lock':
            return void lock.lock('asked');
          case 'shortcuts':
            return latest.current.onShortcuts();
          case 'work-offline':
            return replica.setWorkOffline(!replica.status().workOffline);
          case 'open':
            return latest.current.navigate(given.path);
        }
      }),
    [replica, lock],
  );
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input:not([type="checkbox"]), textarea, select') !== null)
  );
}
