import { describe, expect, it } from 'vitest';
import { personalMatcher } from './personalMatcher.ts';

const matcher = personalMatcher(
  ['renée.o’neil+news@Example.com', 'anna@x.example'],
  ['Renée O’Neil', 'نور حداد', '高橋 美咲', 'Groß Weiß'],
);
const gone = { name: 'N', email: 'E' };

describe('an address or a name is found and replaced', () => {
  it.each([
    ['anna@x.example', 'E'],
    ['Write to ANNA@X.EXAMPLE.', 'Write to E.'],
    ['<anna@x.example>;mailto:anna@x.example?subject=1', '<E>;mailto:E?subject=1'],
    ['https://shop.example/?mail=anna%40x.example&n=1', 'https://shop.example/?mail=E&n=1'],
    ['?q=hello%20anna@x.example', '?q=hello%20E'],
    ['renée o’neil', 'N'],
    ['RENE\u0301E  O’NEIL called', 'N called'],
    ['O’Neil, Renée', 'N'],
    ['{"name":"Ren\\u00e9e O\\u2019Neil"}', '{"name":"N"}'],
    ['Ｒenée\u00a0O’Neil', 'N'],
    ['ren%C3%A9e%20o%E2%80%99neil', 'N'],
    ['اتصل نور حداد أمس', 'اتصل N أمس'],
    ['ونور حداد', 'وN'],
    ['高橋美咲さんが', 'Nさんが'],
    ['GROSS WEISS', 'N'],
    ['first line\\nanna@x.example', 'first line\\nE'],
  ])('%s', (text, expected) => {
    expect(matcher.finds(text)).toBe(true);
    expect(matcher.replace(text, gone)).toBe(expected);
  });
});

describe('somebody else stays', () => {
  it.each([
    'joanna@x.example',
    'anna@x.example.org',
    'x-anna@x.example',
    'anna@x.example-two.org',
    'Renée O’Neilson',
    'Irenée O’Neil',
    'Renée',
    'أنور حداد',
    '高橋',
  ])('%s', (text) => {
    expect(matcher.finds(text)).toBe(false);
    expect(matcher.replace(text, gone)).toBe(text);
  });
});

it('nobody in particular is found nowhere', () => {
  expect(personalMatcher([], []).finds('anna@x.example')).toBe(false);
});
