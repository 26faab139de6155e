/**
 * Which edition of `recordViewOf` a console last kept what it holds to. Raise it whenever that withholds more than before of records that
 * repeat others, so that consoles go once through what they pulled under the earlier edition.
 */
export const viewRules = 1;
