import classes from './PrintText.module.css';

/** Prints a text on a page of its own, without the console around it. */
export function printText(text: string): void {
  const page = document.createElement('pre');
  page.className = classes.page ?? '';
  page.dataset['print'] = '';
  page.textContent = text;
  document.body.append(page);
  window.addEventListener('afterprint', () => page.remove(), { once: true });
  window.print();
}
