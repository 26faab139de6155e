import { createTheme } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';

/** The accent: a deep teal, light to dark. */
const teal: MantineColorsTuple = [
  '#e6f6f5',
  '#cdebe8',
  '#9dd7d2',
  '#69c1ba',
  '#3fada4',
  '#1f968d',
  '#0f7f77',
  '#0b6a64',
  '#095651',
  '#06423e',
];
/** Cool grey. */
const gray: MantineColorsTuple = [
  '#f7f8fa',
  '#eff1f4',
  '#e3e6eb',
  '#d3d8df',
  '#bcc3cd',
  '#97a0ad',
  '#727c8a',
  '#565f6c',
  '#3b434e',
  '#23292f',
];
/** Of acts that destroy and of faults; white text is legible on the two shades that buttons are filled with. */
const red: MantineColorsTuple = [
  '#fff1f0',
  '#ffe1df',
  '#ffc4c0',
  '#ff9f99',
  '#fb7a72',
  '#f05a52',
  '#d63a34',
  '#c22f2a',
  '#a82a25',
  '#b42318',
];
/** The dark theme's own neutrals: text first, the window's ground last. */
const dark: MantineColorsTuple = [
  '#dfe3e8',
  '#bcc3cc',
  '#98a1ac',
  '#6b7480',
  '#3d4550',
  '#2d343d',
  '#232931',
  '#191e25',
  '#14181e',
  '#0e1115',
];

const sans = "'Inter Variable', 'Noto Sans Arabic', system-ui, sans-serif";

/** Calm, dense, precise: 13 px on 20, a 4-point grid, one border weight, motion under 150 ms. */
export const theme = createTheme({
  fontFamily: sans,
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
  headings: { fontFamily: sans, fontWeight: '600' },
  // The weights that every font of the console has.
  fontWeights: { regular: '400', medium: '500', bold: '600' },
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 6 },
  colors: { teal, gray, dark, red },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  autoContrast: true,
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '14px', xl: '16px' },
  lineHeights: { xs: '18px', sm: '20px', md: '20px', lg: '22px', xl: '24px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs' } },
    MultiSelect: { defaultProps: { size: 'xs' } },
    TagsInput: { defaultProps: { size: 'xs' } },
    DateTimePicker: { defaultProps: { size: 'xs' } },
    ColorInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    DatePickerInput: { defaultProps: { size: 'xs' } },
    PillsInput: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Radio: { defaultProps: { size: 'xs' } },
    Kbd: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true, transitionProps: { duration: 100 } } },
    Modal: { defaultProps: { transitionProps: { duration: 120 } } },
    Menu: { defaultProps: { transitionProps: { duration: 80 } } },
    Popover: { defaultProps: { transitionProps: { duration: 80 } } },
  },
});

/** Grounds of badges and notices in the dark: lighter than the panel they stand on. */
const darkTints = Object.fromEntries(
  Object.entries({
    teal: '31 150 141',
    gray: '152 161 172',
    red: '240 90 82',
    orange: '255 146 43',
    yellow: '252 196 25',
    green: '64 192 87',
    blue: '51 154 240',
    violet: '132 94 247',
  }).flatMap(([name, rgb]) => [
    [`--mantine-color-${name}-light`, `rgb(${rgb} / 18%)`],
    [`--mantine-color-${name}-light-hover`, `rgb(${rgb} / 26%)`],
  ]),
);

/** What both themes need beyond Mantine's own variables; contrast of quiet text is AA on every ground used. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5b626a',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-default-border': '#d3d8df',
    '--mantine-color-disabled-color': '#727c8a',
    '--steward-ground': '#f7f8fa',
    '--steward-field-border': 'var(--mantine-color-gray-4)',
    '--steward-panel': '#ffffff',
    '--steward-waiting': '#6741d9',
    '--steward-waiting-ground': '#f3f0ff',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-placeholder': '#6b7480',
  },
  dark: {
    '--mantine-color-dimmed': '#a3a8b0',
    '--mantine-color-body': '#14181e',
    '--mantine-color-default-border': '#303842',
    '--mantine-color-disabled-color': '#7b8490',
    ...darkTints,
    '--mantine-color-red-light-color': '#ff9f99',
    '--steward-ground': '#0e1115',
    '--steward-field-border': 'var(--mantine-color-dark-4)',
    '--steward-panel': '#14181e',
    '--steward-waiting': '#b197fc',
    '--steward-waiting-ground': '#221c36',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-placeholder': '#8b94a0',
  },
});
