import { describe, expect, it } from 'vitest';
import { restoreWindowState, smallestWindow } from './windowState.ts';

const display = { x: 0, y: 0, width: 1920, height: 1080 };
const left = { x: 100, y: 60, width: 1400, height: 900 };

describe('the place where the window opens', () => {
  it('is where it was left', () => {
    expect(restoreWindowState({ bounds: left, maximized: true }, [display])).toEqual({ bounds: left, maximized: true });
  });

  it('keeps its size but not its place when that display is gone', () => {
    const away = { ...left, x: 2200 };
    expect(restoreWindowState({ bounds: away, maximized: false }, [display]).bounds).toEqual({
      width: 1400,
      height: 900,
    });
  });

  it('is never smaller than the console can be', () => {
    const tiny = { x: 10, y: 10, width: 20, height: 20 };
    expect(restoreWindowState({ bounds: tiny, maximized: false }, [display]).bounds).toMatchObject(smallestWindow);
  });

  it.each([[undefined], ['text'], [{ bounds: { x: 'a' } }], [{ bounds: { ...left, x: 1e9 }, maximized: false }]])(
    'is the first one when the file says %j',
    (stored) => {
      expect(restoreWindowState(stored, [display])).toEqual({ bounds: { width: 1280, height: 800 }, maximized: false });
    },
  );
});
