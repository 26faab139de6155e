import type { ConsolePage } from '#tests/e2e/consolePage.ts';
import { percentile } from './measure.ts';
import type { Measure } from './measure.ts';

const scrollTime = 5000;
const jumps = 20;

/** The open list scrolled by the wheel and by jumps of the scrollbar's thumb. */
export async function scrollMeasures(one: ConsolePage): Promise<Measure[]> {
  const grid = one.page.getByRole('grid');
  const box = await grid.boundingBox();
  if (!box) throw new Error('the list has no place on the screen');
  await one.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const wheel = await whileFrames(one, async () => {
    for (const end = performance.now() + scrollTime; performance.now() < end;) {
      await one.page.mouse.wheel(0, 240);
      await new Promise((next) => setTimeout(next, 12));
    }
  });
  const times: number[] = [];
  const thumb = await whileFrames(one, async () => {
    // Places spread over the whole list, in no order.
    for (let jump = 1; jump <= jumps; jump += 1) {
      times.push(await jumpTo(one, (jump * 0.618034) % 1));
      await new Promise((next) => setTimeout(next, scrollTime / jumps / 2));
    }
  });
  return [
    ...frameMeasures('scrolling by the wheel', wheel),
    ...frameMeasures('jumping by the thumb', thumb),
    { name: 'a jump of the thumb to the rows there, p50', unit: 'ms', value: percentile(times, 0.5), n: times.length },
    { name: 'a jump of the thumb to the rows there, worst', unit: 'ms', value: Math.max(...times), n: times.length },
  ];
}

function frameMeasures(name: string, frames: readonly number[]): Measure[] {
  const measure = (what: string, value: number): Measure => ({
    name: `frame while ${name}, ${what}`,
    unit: 'ms',
    value,
    n: frames.length,
  });
  return [
    measure('median', percentile(frames, 0.5)),
    measure('p99', percentile(frames, 0.99)),
    measure('worst', Math.max(...frames)),
  ];
}

/** Milliseconds between the frames that were drawn while the work was done. */
async function whileFrames({ page }: ConsolePage, work: () => Promise<void>): Promise<number[]> {
  const frames = await page.evaluateHandle(() => {
    const seen = { times: [] as number[], over: false };
    let before = performance.now();
    const next = (now: number) => {
      if (now > before) seen.times.push(now - before);
      before = now;
      if (!seen.over) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
    return seen;
  });
  await work();
  return frames.evaluate((seen) => {
    seen.over = true;
    return seen.times;
  });
}

/** Moves the thumb to a share of its way; milliseconds until other rows than before stand in the middle of the list. */
async function jumpTo({ page }: ConsolePage, share: number): Promise<number> {
  return page.evaluate(
    (to) =>
      new Promise<number>((resolve, reject) => {
        const grid = document.querySelector('[role="grid"]');
        if (!grid) return reject(new Error('there is no list'));
        const { left, top, width, height } = grid.getBoundingClientRect();
        const inMiddle = () =>
          document.elementFromPoint(left + width / 2, top + height / 2)?.closest('[data-testid^="row-"]') ?? null;
        const before = inMiddle()?.getAttribute('data-testid');
        const started = performance.now();
        grid.scrollTop = to * (grid.scrollHeight - grid.clientHeight);
        const look = () => {
          const now = inMiddle()?.getAttribute('data-testid');
          if (now !== undefined && now !== before) return resolve(performance.now() - started);
          if (performance.now() - started > 10_000) return reject(new Error('no rows came after a jump'));
          requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
    share,
  );
}
