/** WCAG 2.2 levels for text: AA needs 4.5 to 1, and 3 to 1 where the text is large. */
export type ContrastGrade = 'pass' | 'large_only' | 'fail';

/** Red, green and blue from 0 to 255 of a `#rrggbb` colour, undefined for anything else. */
function channels(color: string): [number, number, number] | undefined {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color);
  if (!match) return undefined;
  return [parseInt(match[1] ?? '', 16), parseInt(match[2] ?? '', 16), parseInt(match[3] ?? '', 16)];
}

function luminance([red, green, blue]: [number, number, number]): number {
  const linear = (value: number) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** Contrast ratio of two `#rrggbb` colours, 1 to 21; undefined when either is not such a colour. */
export function contrastRatio(first: string, second: string): number | undefined {
  const [one, two] = [channels(first), channels(second)];
  if (!one || !two) return undefined;
  const [light, dark] = [luminance(one), luminance(two)].sort((left, right) => right - left);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** The grade of a ratio for WCAG AA. */
export function gradeContrast(ratio: number): ContrastGrade {
  if (ratio >= 4.5) return 'pass';
  return ratio >= 3 ? 'large_only' : 'fail';
}

/** White or near-black: whichever reads better on the colour. White where the colour cannot be read. */
export function inkOn(color: string): '#ffffff' | '#111827' {
  const onWhite = contrastRatio(color, '#ffffff') ?? 21;
  const onBlack = contrastRatio(color, '#111827') ?? 1;
  return onWhite >= onBlack ? '#ffffff' : '#111827';
}
