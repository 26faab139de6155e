import { enginePortMessage } from '#shared/ipc/contract.ts';
import type { EngineMessage } from '#shared/replica/engineCalls.ts';
import type { EnginePort } from './engineClient.ts';

/** The shell's part: asks for a port; it arrives as a message to the window. */
export interface PortSource {
  /** Resolves once the port is on its way. */
  connect: () => Promise<unknown>;
  /** The process behind all ports ended; a new one can be asked for. */
  onLost: (listener: () => void) => () => void;
}

/** Ports to the engine, handed over by the desktop shell. One is asked for at a time. */
export function createWindowPorts(source: PortSource): () => Promise<EnginePort> {
  let asking: Promise<unknown> = Promise.resolve();
  const ask = async (): Promise<EnginePort> => {
    const arrived = new Promise<MessagePort>((resolve) => {
      const receive = (event: MessageEvent) => {
        const [port] = event.ports;
        if (event.source !== window || event.data !== enginePortMessage || !port) return;
        window.removeEventListener('message', receive);
        resolve(port);
      };
      window.addEventListener('message', receive);
    });
    await source.connect();
    return portOf(await arrived, source);
  };
  return () => {
    const mine = asking.then(ask);
    asking = mine.catch(() => undefined);
    return mine;
  };
}

function portOf(port: MessagePort, source: PortSource): EnginePort {
  let stopLost = () => undefined as void;
  return {
    postMessage: (request) => port.postMessage(request),
    onMessage: (listener) => {
      port.addEventListener('message', ({ data }: MessageEvent<EngineMessage>) => listener(data));
      port.start();
    },
    onClose: (listener) => {
      let told = false;
      const once = () => {
        if (told) return;
        told = true;
        stopLost();
        listener();
      };
      stopLost = source.onLost(once);
      port.addEventListener('close', once);
    },
    close: () => {
      stopLost();
      port.close();
    },
  };
}
