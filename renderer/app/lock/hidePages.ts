/**
 * Takes everything but `shown` out of the document and keeps it, with all that is typed and open in it; whatever comes into
 * the document meanwhile, such as a dialog, is taken too. The answer puts it all back.
 */
export function hidePages(shown: Element): () => void {
  const shelf = document.createDocumentFragment();
  const take = () => {
    for (const child of Array.from(document.body.children))
      if (child !== shown && child.id !== 'root' && !(child instanceof HTMLScriptElement)) shelf.append(child);
  };
  take();
  const observer = new MutationObserver(take);
  observer.observe(document.body, { childList: true });
  return () => {
    observer.disconnect();
    document.body.append(shelf);
  };
}
