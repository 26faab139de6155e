import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resources } from '#shared/resources/registry.ts';
import type { ConsolePage } from './consolePage.ts';
import { openOffice } from './office.ts';
import type { Office } from './office.ts';

const pictures = resolve(import.meta.dirname, '../../artifacts/looks');
const looks = [
  { name: 'light', language: 'en', scheme: 'light' },
  { name: 'dark', language: 'en', scheme: 'dark' },
  { name: 'arabic', language: 'ar', scheme: 'light' },
  { name: 'french', language: 'fr', scheme: 'light' },
] as const;

describe('every page at 1280×800', () => {
  let office: Office;
  let one: ConsolePage;
  let places: { name: string; path: string; ready: string }[];
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    office = await openOffice();
    one = await office.signedIn('admin@steward.example');
    await one.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800));
    const tenant = await firstOf(one, 'tenant');
    const rule = await firstOf(one, 'rule');
    places = [
      { name: 'overview', path: '/', ready: '[data-testid="overview-tenants"]' },
      { name: 'inbox', path: '/inbox', ready: '[data-testid="inbox-tasks"]' },
      { name: 'outbox', path: '/outbox', ready: 'h1' },
      { name: 'tenant', path: `/tenants/${tenant}`, ready: '[data-testid="tenant-page"]' },
      { name: 'tenant-transition', path: `/tenants/transition?ids=${tenant}`, ready: 'h1' },
      { name: 'anomalies', path: '/anomalies', ready: '[data-testid="anomaly-status"]' },
      { name: 'settings', path: '/settings', ready: 'h1' },
      { name: 'new-rule', path: '/records/rule/new', ready: '[data-testid="save"]' },
      { name: 'rule', path: `/records/rule/${rule}`, ready: '[data-testid="field-body.name"]' },
      { name: 'unknown', path: '/nowhere', ready: 'a[href="#/"]' },
      ...resources.map(({ kind }) => ({
        name: `list-${kind}`,
        path: kind === 'tenant' ? '/tenants' : `/records/${kind}`,
        ready: '[data-testid="list-count"]',
      })),
    ];
  });
  afterAll(() => office.close());

  it.each(looks)(
    '$name: nothing is clipped sideways and axe finds nothing serious',
    async ({ name, language, scheme }) => {
      await one.setLanguage(language);
      await one.setAppearance(scheme);
      const faults: string[] = [];
      for (const place of places) {
        await one.goTo(place.path);
        await one.page.locator(place.ready).first().waitFor();
        await one.page.screenshot({ path: resolve(pictures, `${place.name}-${name}.png`) });
        faults.push(...(await sidewaysOf(one)).map((text) => `${place.name}: ${text}`));
        faults.push(...(await seriousOf(one)).map((text) => `${place.name}: ${text}`));
      }
      expect(faults).toEqual([]);
    },
  );

  it('sign-in looks and reads well too', async () => {
    const fresh = await office.open(office.newProfile());
    await fresh.page.getByTestId('sign-in').waitFor();
    await fresh.page.screenshot({ path: resolve(pictures, 'sign-in.png') });
    expect(await seriousOf(fresh)).toEqual([]);
    await fresh.close();
  });
});

async function firstOf(one: ConsolePage, kind: string): Promise<string> {
  if (kind !== 'tenant') return one.firstRecord(kind);
  await one.goTo('/tenants');
  const row = one.page.locator('[data-testid^="row-"]').first();
  await row.waitFor();
  return ((await row.getAttribute('data-testid')) ?? '').slice('row-'.length);
}

/** Scrolling sideways of the page; a table may scroll in its own frame, the page may not. */
function sidewaysOf(one: ConsolePage): Promise<string[]> {
  return one.page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main, main > div')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => `${element.tagName} is ${element.scrollWidth} px wide in ${element.clientWidth}`),
  );
}

async function seriousOf(one: ConsolePage): Promise<string[]> {
  // Electron gives axe no second page to finish in; the legacy mode stays in this one.
  const { violations } = await new AxeBuilder({ page: one.page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id} at ${nodes
          .slice(0, 3)
          .map((node) => node.target.join(' '))
          .join(' | ')}`,
    );
}
