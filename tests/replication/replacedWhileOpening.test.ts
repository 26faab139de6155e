import { afterEach, expect, it } from 'vitest';
import type { Rescue } from '#shared/replica/engineCalls.ts';
import type { OpenedReplica } from '#renderer/data/replica.ts';
import { answerFor, startComputer } from '#tests/support/oneComputer.ts';

const rescue: Rescue = {
  at: '2026-03-01T08:00:00.000Z',
  keptAs: 'replica.sqlite.damaged',
  reason: 'malformed',
  unsent: 1,
  inbox: 0,
  incomplete: false,
};

let replica: OpenedReplica | undefined;
let computer: ReturnType<typeof startComputer> | undefined;
afterEach(async () => {
  await replica?.close();
  computer?.engine.close();
});

it('a file that is replaced just as it was opened is told of, and everything is read anew', async () => {
  let opened = 0;
  let listening = 0;
  let isReplaced = false;
  computer = startComputer((instances) => {
    opened += 1;
    return {
      ...instances,
      engine: {
        ...instances.engine,
        onRescue: (listener) => {
          listening += 1;
          if (isReplaced) listener(rescue);
          // The second who listens is the open workspace: nobody has been given it yet.
          else if (listening === 2)
            queueMicrotask(() => {
              isReplaced = true;
              listener(rescue);
            });
          return () => undefined;
        },
      },
    };
  });
  replica = await computer.open();
  await replica.adopt(answerFor('ada'));
  await computer.time.advance(5000);
  expect(opened).toBe(2);
  expect(replica.status()).toMatchObject({ connection: 'online', rescue });
});
