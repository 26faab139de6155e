const ascii = /^[\u0020-\u007e]*$/;

/** Lower case without accents, so that "Lefevre" finds "Lefèvre". Both what is stored and what is looked for go through it. */
export function foldText(text: string): string {
  return ascii.test(text) ? text.toLowerCase() : text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The words of what somebody typed into a search box, folded. */
export function searchWords(text: string): string[] {
  return foldText(text)
    .split(/\s+/)
    .filter((word) => word !== '');
}
