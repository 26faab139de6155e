import { servePorts, startHost } from './utilityProcess.ts';

const host = startHost();

servePorts(host, (port) => {
  const session = host.connect((message) => port.postMessage(message));
  port.on('message', ({ data }) => session.receive(data));
  return session;
});
