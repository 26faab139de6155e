import { z } from 'zod';

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface WindowState {
  /** Absent: let the system choose the place. */
  bounds: { width: number; height: number; x?: number; y?: number };
  maximized: boolean;
}

const number = z.int().min(-100_000).max(100_000);
const storedSchema = z.object({
  bounds: z.object({ x: number, y: number, width: number, height: number }),
  maximized: z.boolean(),
});

export const smallestWindow = { width: 960, height: 640 };
const firstBounds = { width: 1280, height: 800 };
/** So much of the title must stay within reach of the pointer. */
const reach = 80;

/** Where the window opens: as it was left, unless that place is on no display any more. */
export function restoreWindowState(stored: unknown, workAreas: readonly Rectangle[]): WindowState {
  const state = storedSchema.safeParse(stored).data;
  if (!state) return { bounds: firstBounds, maximized: false };
  const width = Math.max(state.bounds.width, smallestWindow.width);
  const height = Math.max(state.bounds.height, smallestWindow.height);
  const { x, y } = state.bounds;
  const reachable = workAreas.some(
    (area) =>
      x + width >= area.x + reach &&
      x <= area.x + area.width - reach &&
      y >= area.y - 1 &&
      y <= area.y + area.height - reach,
  );
  const { maximized } = state;
  return reachable ? { bounds: { x, y, width, height }, maximized } : { bounds: { width, height }, maximized };
}
