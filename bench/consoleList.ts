import type { ConsolePage } from '#tests/e2e/consolePage.ts';
import { percentile } from './measure.ts';
import type { Measure } from './measure.ts';
import { scrollMeasures } from './scrollBench.ts';

const repeats = 9;

/** Loads the page anew at the list; milliseconds until its rows are there. */
export async function firstListAfterLoading({ page }: ConsolePage, kind: string): Promise<number> {
  await page.evaluate((hash) => window.history.replaceState(null, '', hash), `#/records/${kind}`);
  await page.reload({ waitUntil: 'commit' });
  const shown = await page.waitForFunction(
    () => document.querySelector('[data-testid^="row-"]') !== null && performance.now(),
    undefined,
    { polling: 'raf' },
  );
  return Number(await shown.jsonValue());
}

/** From the click, the key or the move of the thumb to the drawn result; counted in frames, as a person sees it. */
export async function listMeasures(one: ConsolePage, kind: string): Promise<Measure[]> {
  const opened: number[] = [];
  for (let turn = 0; turn < repeats; turn += 1) opened.push(await openList(one, kind));
  const count = one.page.getByTestId('list-count');
  await one.page.waitForFunction(
    () => /\d/.test(document.querySelector('[data-testid="list-count"]')?.textContent ?? ''),
    undefined,
  );
  const rows = (await count.textContent())?.match(/[\d,]+/)?.[0] ?? '';
  const searches: number[] = [];
  const sorts: number[] = [];
  for (let turn = 0; turn < repeats; turn += 1) {
    const before = (await count.textContent()) ?? '';
    searches.push(await changeTime(one, before, turn % 2 === 0 ? 'haddad' : ''));
    // Let the count of the last search arrive.
    await one.page.waitForTimeout(400);
  }
  await one.page.getByTestId('list-search').fill('');
  await one.page.waitForTimeout(600);
  for (let turn = 0; turn < repeats; turn += 1) {
    const header = one.page.locator('[data-testid^="sort-"]').nth(1 + (turn % 3));
    const time = await sortTime(one, header);
    if (time !== undefined) sorts.push(time);
  }
  await openList(one, kind);
  const p50 = (name: string, values: readonly number[]): Measure => ({
    name: `${name}, p50`,
    unit: 'ms',
    value: percentile(values, 0.5),
    n: values.length,
  });
  return [
    p50(`open a list of ${rows} rows`, opened),
    { name: `open a list of ${rows} rows, the first time`, unit: 'ms', value: opened[0] ?? Number.NaN, n: 1 },
    p50(`search ${rows} rows, from the key to the counted result`, searches),
    p50(`sort ${rows} rows by another column`, sorts),
    ...(await scrollMeasures(one)),
  ];
}

/** Leaves the list and opens it; measured inside the page, from the change of the address to the first rows. */
async function openList(one: ConsolePage, kind: string): Promise<number> {
  await one.goTo('/inbox');
  await one.page.getByTestId('inbox-tasks').waitFor();
  return one.page.evaluate(
    (hash) =>
      new Promise<number>((resolve) => {
        const started = performance.now();
        window.history.pushState(null, '', hash);
        window.dispatchEvent(new HashChangeEvent('hashchange'));
        const look = () => {
          if (document.querySelector('[data-testid^="row-"]')) resolve(performance.now() - started);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
    `#/records/${kind}`,
  );
}

async function changeTime(one: ConsolePage, before: string, text: string): Promise<number> {
  const started = performance.now();
  await one.page.getByTestId('list-search').fill(text);
  await one.page.waitForFunction(
    (old) => document.querySelector('[data-testid="list-count"]')?.textContent !== old,
    before,
    { polling: 'raf' },
  );
  return performance.now() - started;
}

/** Undefined when the same row comes first in both orders, which cannot be told from nothing having happened. */
async function sortTime(
  one: ConsolePage,
  header: ReturnType<ConsolePage['page']['locator']>,
): Promise<number | undefined> {
  const rows = () => one.page.locator('[data-testid^="row-"]').first().getAttribute('data-testid');
  const before = await rows();
  const started = performance.now();
  await header.click();
  return one.page
    .waitForFunction(
      (old) => document.querySelector('[data-testid^="row-"]')?.getAttribute('data-testid') !== old,
      before,
      { polling: 'raf', timeout: 3000 },
    )
    .then(
      () => performance.now() - started,
      () => undefined,
    );
}
