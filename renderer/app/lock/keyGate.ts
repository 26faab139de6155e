/** Keys of the window. While it is closed no page hears them, wherever they are listened to; typing works all the same. */
export interface KeyGate {
  /** Before any page listens. It lasts as long as the window. */
  install: () => void;
  close: () => void;
  open: () => void;
  /** Hears every key, also while it is closed. */
  observe: (listener: (event: KeyboardEvent) => void) => () => void;
}

function createKeyGate(): KeyGate {
  let closed = false;
  const observers = new Set<(event: KeyboardEvent) => void>();
  const receive = (event: KeyboardEvent) => {
    observers.forEach((observer) => observer(event));
    // What the browser itself does with a key, such as typing and submitting, is not stopped by this.
    if (closed) event.stopImmediatePropagation();
  };
  return {
    install: () => {
      for (const type of ['keydown', 'keyup'] as const) window.addEventListener(type, receive, true);
    },
    close: () => (closed = true),
    open: () => (closed = false),
    observe: (listener) => {
      observers.add(listener);
      return () => void observers.delete(listener);
    },
  };
}

export const keyGate = createKeyGate();
