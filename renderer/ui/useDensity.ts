import { useLocalStorage } from '@mantine/hooks';

export type Density = 'dense' | 'comfortable';

/** Pixels of a table row. */
export const rowHeights: Readonly<Record<Density, number>> = { dense: 32, comfortable: 40 };

/** How close the rows of tables are on this computer, and how to change it. */
export function useDensity(): readonly [Density, (density: Density) => void] {
  const [density, setDensity] = useLocalStorage<Density>({
    key: 'steward.density',
    defaultValue: 'dense',
    getInitialValueInEffect: false,
  });
  return [density, setDensity];
}
