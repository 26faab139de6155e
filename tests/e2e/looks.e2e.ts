import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resources } from '#shared/resources/registry.ts';
import { AccountScreens } from './accountScreens.ts';
import type { ConsolePage } from './consolePage.ts';
import { openOffice } from './office.ts';
import type { Office } from './office.ts';

const pictures = resolve(import.meta.dirname, '../../artifacts/looks');
type Asked = 'everything' | 'colours' | 'all but colours' | 'nothing';

/** What axe is asked: colours are those of the scheme in any language, all else is the same in both schemes. */
const looks: readonly { name: string; language: 'en' | 'ar' | 'fr'; scheme: 'light' | 'dark'; axe: Asked }[] = [
  { name: 'light', language: 'en', scheme: 'light', axe: 'everything' },
  { name: 'dark', language: 'en', scheme: 'dark', axe: 'colours' },
  { name: 'arabic', language: 'ar', scheme: 'light', axe: 'all but colours' },
  { name: 'french', language: 'fr', scheme: 'light', axe: 'nothing' },
];

const colours = 'color-contrast';

interface Place {
  name: string;
  path: string;
  ready: string;
  /** What is done on the page before it is looked at. */
  act?: (page: Page) => Promise<void>;
}

describe('every page at 1280×800', () => {
  let office: Office;
  let one: ConsolePage;
  let places: Place[];
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    office = await openOffice();
    one = await office.signedIn('admin@steward.example');
    await one.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800));
    const tenant = await firstOf(one, 'tenant');
    const rule = await firstOf(one, 'rule');
    const run = await firstOf(one, 'run');
    const event = await firstOf(one, 'event');
    places = [
      { name: 'overview', path: '/', ready: '[data-testid="overview-tenants"]' },
      { name: 'inbox', path: '/inbox', ready: '[data-testid="inbox-tasks"]' },
      { name: 'outbox', path: '/outbox', ready: 'h1' },
      { name: 'tenant', path: `/tenants/${tenant}`, ready: '[data-testid="tenant-page"]' },
      { name: 'tenant-transition', path: `/tenants/transition?ids=${tenant}`, ready: 'h1' },
      { name: 'anomalies', path: '/anomalies', ready: '[data-testid="anomaly-status"]' },
      { name: 'settings', path: '/settings', ready: 'h1' },
      { name: 'account', path: '/account', ready: '[data-testid="second-factor-state"]' },
      { name: 'new-rule', path: '/records/rule/new', ready: '[data-testid="save"]' },
      { name: 'rule', path: `/records/rule/${rule}`, ready: '[data-testid="field-body.name"]' },
      ...automationPlaces({ rule: await ruleOf(one, 'payment.failed'), run, event }),
      { name: 'privacy', path: '/privacy', ready: '[data-testid="privacy-requests"]' },
      {
        name: 'compliance',
        path: '/privacy?checks',
        ready: '[data-testid="privacy-page"]',
        act: async (page) => {
          await page.getByTestId('tab-compliance').click();
          await page.getByTestId('check-raw_addresses').waitFor();
        },
      },
      {
        name: 'privacy-request',
        path: `/privacy/${await firstOf(one, 'privacyRequest')}`,
        ready: '[data-testid="privacy-request"]',
      },
      ...auditPlaces(),
      { name: 'roles', path: '/roles', ready: '[data-testid="role-support"]' },
      {
        name: 'role',
        path: `/roles/${await firstOf(one, 'role')}`,
        ready: '[data-testid="rights-matrix"]',
        act: (page) => page.getByTestId('cell-flags.edit').focus(),
      },
      { name: 'staff', path: '/staff', ready: '[data-testid="person-ops@steward.example"]' },
      {
        name: 'person-access',
        path: `/staff/${await firstOf(one, 'staff')}/access`,
        ready: '[data-testid="may-verdict"], [data-testid="give-role"]',
      },
      { name: 'role-simulator', path: '/roles/simulator', ready: '[data-testid="run-role-simulation"]' },
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
    '$name: nothing is clipped sideways, and axe finds nothing serious where it is asked',
    { timeout: 300_000 },
    async ({ name, language, scheme, axe }) => {
      await one.setLanguage(language);
      await one.setAppearance(scheme);
      const faults: string[] = [];
      for (const place of places) {
        await one.goTo(place.path);
        await one.page.locator(place.ready).first().waitFor();
        await place.act?.(one.page);
        await one.page.screenshot({ path: resolve(pictures, `${place.name}-${name}.png`) });
        faults.push(...(await sidewaysOf(one)).map((text) => `${place.name}: ${text}`));
        faults.push(...(await seriousOf(one, axe)).map((text) => `${place.name}: ${text}`));
      }
      expect(faults).toEqual([]);
    },
  );

  it('sign-in and the lock look and read well too', async () => {
    const fresh = await office.open(office.newProfile());
    await fresh.page.getByTestId('sign-in').waitFor();
    await fresh.page.screenshot({ path: resolve(pictures, 'sign-in.png') });
    const faults = await seriousOf(fresh);
    await fresh.page.getByTestId('way-link').click();
    await fresh.page.getByTestId('link').waitFor();
    faults.push(...(await seriousOf(fresh)));
    await fresh.page.getByTestId('way-credentials').click();
    await fresh.signIn('admin@steward.example');
    await new AccountScreens(fresh.page).lock();
    await fresh.page.screenshot({ path: resolve(pictures, 'lock.png') });
    faults.push(...(await seriousOf(fresh)));
    expect(faults).toEqual([]);
    await fresh.close();
  });
});

function auditPlaces(): Place[] {
  const list = '[data-testid="audit-count"][data-counted="true"]';
  const proof = '[data-testid^="chain-"]';
  return [
    {
      name: 'audit',
      path: '/audit',
      ready: list,
      act: async (page) => {
        await page.locator('[data-testid^="row-"]').nth(2).click();
        await page.getByTestId('entry-chain').waitFor();
      },
    },
    { name: 'audit-security', path: '/audit?view=security', ready: list },
    {
      name: 'audit-mine',
      path: '/audit?view=mine',
      ready: list,
      act: (page) => page.getByTestId('activity').waitFor(),
    },
    {
      name: 'audit-proof',
      path: '/audit/proof',
      ready: proof,
      act: async (page) => {
        await page.getByTestId('verify-all').click();
        await page.getByTestId('verified').waitFor();
      },
    },
    ...(['keys', 'retention'] as const).map((tab) => ({
      name: `audit-${tab}`,
      path: '/audit/proof',
      // The page is open already, perhaps at another tab.
      ready: `[data-testid="tab-${tab}"]`,
      act: (page: Page) => page.getByTestId(`tab-${tab}`).click(),
    })),
  ];
}

function automationPlaces({ rule, run, event }: { rule: string; run: string; event: string }): Place[] {
  const at = (name: string, path: string, ready: string, act?: Place['act']): Place => ({
    name,
    path,
    ready: ready.startsWith('[') ? ready : `[data-testid="${ready}"]`,
    ...(act ? { act } : {}),
  });
  return [
    at('rules', '/rules', '[data-testid^="active-"]'),
    at('rule-templates', '/rules/templates', '[data-testid^="template-"]'),
    at('rule-page', `/rules/${rule}`, 'rule-logic'),
    at('rule-revisions', `/rules/${rule}/revisions`, 'tab-revisions'),
    at('rule-flow', `/rules/${rule}/edit`, 'rule-editor', async (page) => {
      await stepsAs(page, 'flow');
      await page.locator('[data-testid^="flow-step-"]').first().click();
    }),
    at('rule-list', `/rules/${rule}/edit`, 'rule-editor', async (page) => {
      await stepsAs(page, 'list');
      await page.getByTestId('list-conditions').click();
      await page.getByTestId('condition-builder').waitFor();
    }),
    at('simulation', `/rules/${rule}/simulator`, 'simulation-start', async (page) => {
      await page.getByTestId('period-all').focus();
      await page.keyboard.press('Space');
      await page.getByTestId('simulation-start').click();
      await page.getByTestId('simulation-over').waitFor();
      await page.getByTestId('verdict').waitFor();
    }),
    at('rule-why', `/rules/${rule}/why`, 'pick-event', async (page) => {
      await page.getByTestId('pick-event').first().click();
      await page.getByTestId('why-verdict').waitFor();
    }),
    at('runs', '/runs', '[data-testid^="row-"]'),
    at('run', `/runs/${run}`, 'run-page'),
    at('event', `/events/${event}`, 'event-page'),
    at('events-failed', '/events/failed', 'failed-group'),
    at('event-types', '/event-types', 'event-type-search'),
    at('simulator', '/simulator', 'simulation-start'),
    at('engine', '/engine', 'engine-page'),
    at('integrations', '/integrations', 'integrations-page'),
  ];
}

async function stepsAs(page: Page, view: 'flow' | 'list'): Promise<void> {
  await page.locator(`[data-testid="rule-editor"] label[for$="-${view}"]`).click();
  await page.getByTestId(`step-${view}`).waitFor();
}

async function firstOf(one: ConsolePage, kind: string): Promise<string> {
  if (kind !== 'tenant') return one.firstRecord(kind);
  await one.goTo('/tenants');
  const row = one.page.locator('[data-testid^="row-"]').first();
  await row.waitFor();
  return ((await row.getAttribute('data-testid')) ?? '').slice('row-'.length);
}

/** The id of a rule by what its row says. */
async function ruleOf(one: ConsolePage, text: string): Promise<string> {
  await one.goTo('/rules');
  const row = one.page.locator('[data-testid^="row-"]', { hasText: text }).first();
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

async function seriousOf(one: ConsolePage, asked: Asked = 'everything'): Promise<string[]> {
  if (asked === 'nothing') return [];
  // Electron gives axe no second page to finish in; the legacy mode stays in this one.
  const axe = new AxeBuilder({ page: one.page }).setLegacyMode().options({
    resultTypes: ['violations'],
    ...(asked === 'colours' ? { runOnly: { type: 'rule', values: [colours] } } : {}),
    ...(asked === 'all but colours' ? { rules: { [colours]: { enabled: false } } } : {}),
  });
  const { violations } = await axe.analyze();
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
